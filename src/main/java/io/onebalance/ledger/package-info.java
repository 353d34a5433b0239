/// What happened: one entry for each request, with its tokens, its cost and how its keys answered.
/// Knows no socket, no SQL and no clock; the journal's file is the only thing it touches.
@NullMarked
package io.onebalance.ledger;

import org.jspecify.annotations.NullMarked;
