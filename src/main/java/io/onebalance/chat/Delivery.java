package io.onebalance.chat;

/// How the answer is to come: piece by piece or whole, and whether a stream ends with its usage
/// where the dialect leaves the choice.
public record Delivery(boolean stream, boolean usage) {}
