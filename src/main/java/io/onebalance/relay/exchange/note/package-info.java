/// What is noted of one request on its way, until the ledger is told.
@NullMarked
package io.onebalance.relay.exchange.note;

import org.jspecify.annotations.NullMarked;
