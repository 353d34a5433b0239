/// What is simulated, as a small YAML file says it: keys with their true quotas, faults, load. Pure
/// data, checked while it is read.
@NullMarked
package io.onebalance.simulate.scenario;

import org.jspecify.annotations.NullMarked;
