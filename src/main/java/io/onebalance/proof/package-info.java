/// What a key must become before a request may be sent with it: a signature over the request, or a
/// token that its provider gives in exchange. Tokens are remembered; nobody's event loop waits.
@NullMarked
package io.onebalance.proof;

import org.jspecify.annotations.NullMarked;
