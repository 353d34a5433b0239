package io.onebalance.access.limit;

/// How much of one budget a gateway key has spent, in percent, also beyond a hundred.
public record Used(String key, Limit limit, int percent) {}
