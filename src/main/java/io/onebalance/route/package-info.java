/// What a request asks for: the endpoint, the provider, the model, and the resources it names. It
/// finds them in paths and bytes without building a tree. Pure: it never sees a key, and knows
/// providers only by the names that clients write.
///
/// [Endpoint] reads the request line, [Wanted] the model of a native call; `body` finds names in
/// bytes, `resource` what belongs to a key.
@NullMarked
package io.onebalance.route;

import org.jspecify.annotations.NullMarked;
