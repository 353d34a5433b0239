/// What people and scripts look after keys with: the key API and the web pages. Direct style, on
/// virtual threads; never on an event loop.
@NullMarked
package io.onebalance.console;

import org.jspecify.annotations.NullMarked;
