/// What a client asks in this dialect, read.
@NullMarked
package io.onebalance.dialect.openai.asked;

import org.jspecify.annotations.NullMarked;
