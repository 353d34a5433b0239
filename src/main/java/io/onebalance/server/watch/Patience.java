package io.onebalance.server.watch;

import java.time.Duration;

/// How long a client may keep a connection waiting: `head` for the rest of a request's head once it
/// began, `idle` between two requests, `body` between two pieces of a body, `taking` until it has
/// read half of what lies ready for it (F40, F41).
public record Patience(Duration head, Duration idle, Duration body, Duration taking) {}
