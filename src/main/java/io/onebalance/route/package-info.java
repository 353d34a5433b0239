/// What a request asks for: the endpoint, the provider, the model, and the resources it names. It
/// finds them in paths and bytes without building a tree. Pure: it never sees a key.
@NullMarked
package io.onebalance.route;

import org.jspecify.annotations.NullMarked;
