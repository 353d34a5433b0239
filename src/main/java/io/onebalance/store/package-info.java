/// What survives a restart: keys encrypted at rest, their standings, resources, the audit log, in
/// SQL. The hot path never waits for it.
@NullMarked
package io.onebalance.store;

import org.jspecify.annotations.NullMarked;
