/// The scenarios of the simulator once more with the real program: a process of its own, a sandbox
/// in another, and clients on real sockets. Time is shortened, not faked.
@NullMarked
package io.onebalance.served;

import org.jspecify.annotations.NullMarked;
