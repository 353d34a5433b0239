/// What the operator set, as the hot path reads it.
@NullMarked
package io.onebalance.relay.exchange.rules;

import org.jspecify.annotations.NullMarked;
