/// The fault matrix in virtual time: failover, keys, lines and verdicts against pretended
/// providers, by seed.
@NullMarked
package io.onebalance.relay.matrix;

import org.jspecify.annotations.NullMarked;
