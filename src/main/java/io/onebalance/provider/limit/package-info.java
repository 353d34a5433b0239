/// What a provider says of its limits: how much is left of them, and when to come back, in the many
/// ways in which providers say it. Pure.
@NullMarked
package io.onebalance.provider.limit;

import org.jspecify.annotations.NullMarked;
