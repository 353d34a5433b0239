package io.onebalance.access.limit;

import java.time.Instant;

/// What a gateway key spent today and this month, and when each begins anew.
public record Standing(Spent today, Instant tomorrow, Spent thisMonth, Instant nextMonth) {}
