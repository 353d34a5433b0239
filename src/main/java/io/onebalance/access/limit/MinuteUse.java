package io.onebalance.access.limit;

import io.onebalance.access.limit.rules.KeyLimits;

/// What a gateway key used of its limits a minute.
///
/// @param limits those that it was used under, for whoever has not met the key yet
public record MinuteUse(String key, KeyLimits limits, long requests, long tokens) {}
