/// A server of PostgreSQL's: its address, what it must be able to do, and why it cannot be used.
@NullMarked
package io.onebalance.store.postgres;

import org.jspecify.annotations.NullMarked;
