/// Requests that wait for a key: in the order of their arrival, fairly between those who ask. Knows
/// no clock and no thread of its own: both come from outside, so that it works in virtual time.
@NullMarked
package io.onebalance.key.queue;

import org.jspecify.annotations.NullMarked;
