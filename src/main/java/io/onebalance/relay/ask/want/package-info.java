/// What a request wants of a key, and which keys it may go to.
@NullMarked
package io.onebalance.relay.ask.want;

import org.jspecify.annotations.NullMarked;
