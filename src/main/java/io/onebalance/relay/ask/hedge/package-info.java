/// Asks a second place where the first is slow to begin.
@NullMarked
package io.onebalance.relay.ask.hedge;

import org.jspecify.annotations.NullMarked;
