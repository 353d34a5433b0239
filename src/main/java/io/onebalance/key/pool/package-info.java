/// The keys of a provider and the choice among them: what is asked for a key, and told what became
/// of it. A `Pool` is the only thing here that threads share, and its lock guards the rest.
@NullMarked
package io.onebalance.key.pool;

import org.jspecify.annotations.NullMarked;
