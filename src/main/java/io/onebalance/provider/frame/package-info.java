/// The frames of AWS's event streams, as far as the first one tells whether there is an answer at
/// all. Pure.
@NullMarked
package io.onebalance.provider.frame;

import org.jspecify.annotations.NullMarked;
