/// Everything that is stored, carried from one database to another and compared there.
@NullMarked
package io.onebalance.store.move;

import org.jspecify.annotations.NullMarked;
