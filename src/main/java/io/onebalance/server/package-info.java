/// The listener: sockets, TLS, health, cross-origin rules and the drain. It knows where a path
/// leads, not what happens there.
@NullMarked
package io.onebalance.server;

import org.jspecify.annotations.NullMarked;
