/// The request log, row by row: written in batches, and searched newest first.
@NullMarked
package io.onebalance.store.history.log;

import org.jspecify.annotations.NullMarked;
