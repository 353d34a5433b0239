/// What is counted of requests and seen of keys, as Prometheus reads it. Labels are bounded and
/// hold nothing that a client or an operator would hide. Knows no socket, no SQL and no clock.
@NullMarked
package io.onebalance.metrics;

import org.jspecify.annotations.NullMarked;
