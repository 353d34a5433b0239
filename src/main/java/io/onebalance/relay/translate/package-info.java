/// The way of a conversation into a provider's dialect and back into the client's, and what a
/// refused one is told.
@NullMarked
package io.onebalance.relay.translate;

import org.jspecify.annotations.NullMarked;
