package io.onebalance.relay.ask;

import io.onebalance.relay.plan.Errand;

/// How the asking for a request ended, and the way there.
public record Asked(Errand errand, Ending ending, Trail trail) {}
