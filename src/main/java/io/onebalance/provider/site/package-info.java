/// Where a provider's requests go: most have one base URL, some a host or a path that hangs on the
/// key or on the client's path. What a client wrote becomes part of a host only where it is a name
/// of the right kind. Pure.
@NullMarked
package io.onebalance.provider.site;

import org.jspecify.annotations.NullMarked;
