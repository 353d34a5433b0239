/// What a database stands on: where its connections come from, and what it says in its own dialect.
/// Knows neither tables nor keys.
@NullMarked
package io.onebalance.store.engine;

import org.jspecify.annotations.NullMarked;
