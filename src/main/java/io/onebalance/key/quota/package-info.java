/// What is known of the limits of keys: how much a key may do for a model in a minute or a day, how
/// much of it is used, and when there is room again. Limits are told by the provider or learnt by
/// counting. Pure: time is a parameter, in milliseconds since 1970; the lock of the pool guards all
/// of it.
@NullMarked
package io.onebalance.key.quota;

import org.jspecify.annotations.NullMarked;
