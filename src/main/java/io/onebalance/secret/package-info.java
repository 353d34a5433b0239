/// What must never be seen: secrets that mask themselves, and the scrubbing of texts that echo one.
/// Pure.
@NullMarked
package io.onebalance.secret;

import org.jspecify.annotations.NullMarked;
