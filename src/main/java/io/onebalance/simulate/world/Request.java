package io.onebalance.simulate.world;

/// A request as it arrives: when, for which model (by number), from which gateway key, how long it
/// and its answer are in tokens, and how long an answer will take.
public record Request(
    long number,
    long at,
    int model,
    int gatewayKey,
    long input,
    long output,
    long firstMillis,
    long restMillis) {}
