package io.onebalance.store.move;

/// What was carried of a table: how many rows are in both, and that they are the same.
public record Carried(String table, long rows) {}
