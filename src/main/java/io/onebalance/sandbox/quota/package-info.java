/// Quotas as the real providers count them: pure, with time as a parameter. Knows no provider's
/// words and no socket.
@NullMarked
package io.onebalance.sandbox.quota;

import org.jspecify.annotations.NullMarked;
