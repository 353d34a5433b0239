/// One asking with one key, from the errand to what came of it.
@NullMarked
package io.onebalance.relay.ask.once;

import org.jspecify.annotations.NullMarked;
