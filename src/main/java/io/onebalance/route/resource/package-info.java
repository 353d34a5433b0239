/// Resources belong to the key that made them: which ones a request names, which ones an answer
/// makes, how an upload comes back through us, and what of a listing a caller may see.
@NullMarked
package io.onebalance.route.resource;

import org.jspecify.annotations.NullMarked;
