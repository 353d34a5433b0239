package io.onebalance.relay;

/// How the asking for a request ended, and the way there.
record Asked(Errand errand, Ending ending, Trail trail) {}
