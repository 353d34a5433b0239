package io.onebalance.relay.exchange.rules;

import java.time.Duration;

/// How long a client may keep us waiting: `body` between two pieces of what it sends, `taking`
/// until it has read half of what lies ready for it.
public record ClientLimits(Duration body, Duration taking) {}
