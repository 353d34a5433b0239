/// Sums over requests, rolled up by minute, hour and day, and the questions that are answered from
/// them.
@NullMarked
package io.onebalance.store.history.sums;

import org.jspecify.annotations.NullMarked;
