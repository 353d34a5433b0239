/// How keys stand and what was learnt of their limits, on the way to rows and back, also where
/// other instances write the same rows. Never touches what people edit.
@NullMarked
package io.onebalance.store.standing;

import org.jspecify.annotations.NullMarked;
