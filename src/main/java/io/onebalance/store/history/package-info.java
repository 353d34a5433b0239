/// What happened, in SQL: the request log and its sums by minute, hour and day. Written behind from
/// the ledger's journal, read by people who ask; it knows nothing of how requests are carried.
@NullMarked
package io.onebalance.store.history;

import org.jspecify.annotations.NullMarked;
