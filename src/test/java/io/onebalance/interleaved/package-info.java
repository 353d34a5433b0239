/// What threads share, in every order in which they may interleave.
@NullMarked
package io.onebalance.interleaved;

import org.jspecify.annotations.NullMarked;
