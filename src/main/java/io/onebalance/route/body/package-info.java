/// Bodies and queries, read where they lie: the model they name and its exact place, JSON tokens
/// with theirs. Nothing is copied, built or rewritten, and everything has a bound.
@NullMarked
package io.onebalance.route.body;

import org.jspecify.annotations.NullMarked;
