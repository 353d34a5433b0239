/// What is thought of limits that nobody tells, after what was counted when keys were refused: of
/// the requests or the tokens of a minute, and of what runs at once. Pure: time is a parameter, in
/// milliseconds since 1970; the lock of the pool guards all of it.
@NullMarked
package io.onebalance.key.quota.guess;

import org.jspecify.annotations.NullMarked;
