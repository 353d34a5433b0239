/// Those who decide which key a request is asked with: the program's own room `key`, the two seeds
/// as they were, and plain turns. They hear what a real balancer would hear, and no truth.
@NullMarked
package io.onebalance.simulate.policy;

import org.jspecify.annotations.NullMarked;
