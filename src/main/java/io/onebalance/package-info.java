/// The program itself: `Main` starts it, `Program` builds every room by hand and lets them meet.
@NullMarked
package io.onebalance;

import org.jspecify.annotations.NullMarked;
