/// What tokens cost, by provider and model: a data file with its sources, and what the operator
/// says otherwise. Pure.
@NullMarked
package io.onebalance.ledger.price;

import org.jspecify.annotations.NullMarked;
