/// What is known of each key of a pool: how it stands, what it rests from, how well it does.
/// Guarded by the lock of the pool; knows nothing of turns and choices.
@NullMarked
package io.onebalance.key.roster;

import org.jspecify.annotations.NullMarked;
