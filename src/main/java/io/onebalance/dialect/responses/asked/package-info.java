/// What a client asks in the Responses dialect, read.
@NullMarked
package io.onebalance.dialect.responses.asked;

import org.jspecify.annotations.NullMarked;
