/// Whose turn it is, for things known by small numbers only. Knows nothing of keys.
@NullMarked
package io.onebalance.key.turn;

import org.jspecify.annotations.NullMarked;
