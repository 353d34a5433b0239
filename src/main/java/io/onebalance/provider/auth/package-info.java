/// How a key is carried to its provider: in a field, in the query, as a signature or as a token.
@NullMarked
package io.onebalance.provider.auth;

import org.jspecify.annotations.NullMarked;
