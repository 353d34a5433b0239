/// The running program: `Program` builds every room by hand and lets them meet, `Entrances` is
/// where it is reached, the rest joins two rooms each that must not know each other.
@NullMarked
package io.onebalance.program;

import org.jspecify.annotations.NullMarked;
