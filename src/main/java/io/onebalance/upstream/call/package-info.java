/// A question under way: its connection, what is sent on it and what is heard.
@NullMarked
package io.onebalance.upstream.call;

import org.jspecify.annotations.NullMarked;
