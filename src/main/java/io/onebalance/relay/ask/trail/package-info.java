/// What the asking for one request has been through, and what that says of the keys that were
/// asked.
@NullMarked
package io.onebalance.relay.ask.trail;

import org.jspecify.annotations.NullMarked;
