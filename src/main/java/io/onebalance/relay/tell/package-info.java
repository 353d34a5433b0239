/// Tells the client what came of its request: the answer's bytes as they come, or why there is
/// none. Nobody retries from here on.
@NullMarked
package io.onebalance.relay.tell;

import org.jspecify.annotations.NullMarked;
