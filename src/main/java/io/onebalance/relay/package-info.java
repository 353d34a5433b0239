/// The hot path: one exchange from the client's head to the last byte, with failover between keys.
/// It runs on event loops and never blocks.
@NullMarked
package io.onebalance.relay;

import org.jspecify.annotations.NullMarked;
