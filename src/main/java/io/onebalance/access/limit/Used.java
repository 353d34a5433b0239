package io.onebalance.access.limit;

import io.onebalance.access.limit.rules.Limit;

/// How much of one budget a gateway key has spent, in percent, also beyond a hundred.
public record Used(String key, Limit limit, int percent) {}
