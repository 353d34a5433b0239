/// Bare sockets for tests: both ends of a conversation, as a test wants them to behave.
@NullMarked
package io.onebalance.wire;

import org.jspecify.annotations.NullMarked;
