/// Asks one key after another until one answers, none is left, time is over or the client leaves.
/// Nothing here writes to the client.
@NullMarked
package io.onebalance.relay.ask;

import org.jspecify.annotations.NullMarked;
