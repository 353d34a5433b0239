/// Limits of windows and what is used of them: a minute, a day or a month, rolling or cut by the
/// clock. Counts, and learns nothing. Pure: time is a parameter, in milliseconds since 1970; the
/// lock of the pool guards all of it.
@NullMarked
package io.onebalance.key.quota.gauge;

import org.jspecify.annotations.NullMarked;
