package io.onebalance.provider.answer;

/// A client's mistake that was told inside of a success, as the refusal that it would have been by
/// itself: its status, always a 4xx, and its document as JSON. Nobody changes the array.
public record Mistake(int status, byte[] document) {}
