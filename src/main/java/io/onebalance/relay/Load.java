package io.onebalance.relay;

/// How much goes on at one event loop: requests that wait for a key or before they ask again,
/// answers that are being passed on, and open WebSockets.
public record Load(int resting, int answers, int sockets) {}
