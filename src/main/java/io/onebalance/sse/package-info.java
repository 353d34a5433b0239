/// Server-sent events, found in bytes that come in pieces cut anywhere. Pure.
@NullMarked
package io.onebalance.sse;

import org.jspecify.annotations.NullMarked;
