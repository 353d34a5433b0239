/// What is known of the limits of keys, and how much a key may do for a model: what is used of each
/// limit counts `gauge`, what nobody tells is thought of in `guess`, and here both come together,
/// with what keys show together: limits that they share, and limits that were lifted. Pure: time is
/// a parameter, in milliseconds since 1970; the lock of the pool guards all of it.
@NullMarked
package io.onebalance.key.quota;

import org.jspecify.annotations.NullMarked;
