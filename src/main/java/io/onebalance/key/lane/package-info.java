/// The keys of a pool as each model finds them: which are ready and in what order, which have no
/// room, which return when. Guarded by the lock of the pool.
@NullMarked
package io.onebalance.key.lane;

import org.jspecify.annotations.NullMarked;
