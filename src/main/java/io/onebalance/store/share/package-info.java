/// What instances tell each other of limits that all of them use up. Knows how it is written and
/// read, not what follows from it.
@NullMarked
package io.onebalance.store.share;

import org.jspecify.annotations.NullMarked;
