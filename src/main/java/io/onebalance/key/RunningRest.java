package io.onebalance.key;

/// A key that rests for a model, or, [Cooling#WHOLE_KEY], as a whole, and comes back by time alone.
public record RunningRest(String provider, String keyId, String model, Cooling cooling) {}
