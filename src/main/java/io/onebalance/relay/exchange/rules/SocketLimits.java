package io.onebalance.relay.exchange.rules;

import java.time.Duration;

/// What a WebSocket may do: be silent in both directions for `idle`, and carry messages of so many
/// bytes.
public record SocketLimits(Duration idle, long message) {}
