/// Remembers answers and tells them again to whoever asks the same: off unless the operator gives
/// it memory. It knows no key and asks nobody.
@NullMarked
package io.onebalance.relay.cache;

import org.jspecify.annotations.NullMarked;
