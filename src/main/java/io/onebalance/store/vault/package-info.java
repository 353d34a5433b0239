/// What keeps stored keys secret: the data key that encrypts them, the master key that encrypts
/// that one, and its change. Knows ciphertexts, not what becomes of keys.
@NullMarked
package io.onebalance.store.vault;

import org.jspecify.annotations.NullMarked;
