/// Watches over clients' connections: heads that do not come, answers that nobody takes, floods of
/// frames, ends that HTTP/1.1 leaves open.
@NullMarked
package io.onebalance.server.watch;

import org.jspecify.annotations.NullMarked;
