/// Calls whose answer is more than that to one errand, or less: a request in several parts, a count
/// of tokens that is estimated where it cannot be had.
@NullMarked
package io.onebalance.relay.calls;

import org.jspecify.annotations.NullMarked;
