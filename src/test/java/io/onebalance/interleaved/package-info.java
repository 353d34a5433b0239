/// What threads share, in orders in which they may interleave.
@NullMarked
package io.onebalance.interleaved;

import org.jspecify.annotations.NullMarked;
