/// WebSockets: what comes after a handshake that was accepted. Bytes pass both ways untouched; only
/// the heads of frames are read.
@NullMarked
package io.onebalance.relay.socket;

import org.jspecify.annotations.NullMarked;
