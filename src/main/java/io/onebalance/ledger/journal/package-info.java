/// The journal of what happened: entries that were written survive the end of the process, however
/// it comes, until the store has taken them over. The only part of the ledger that touches files.
@NullMarked
package io.onebalance.ledger.journal;

import org.jspecify.annotations.NullMarked;
