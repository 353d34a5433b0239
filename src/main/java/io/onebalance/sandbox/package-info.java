/// Pretend providers with real shapes, quotas, faults and pace, for the first run, the tests and
/// the benchmarks. They know nothing of the gateway that asks them.
@NullMarked
package io.onebalance.sandbox;

import org.jspecify.annotations.NullMarked;
