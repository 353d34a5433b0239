/// What a client asks in this dialect, read.
@NullMarked
package io.onebalance.dialect.anthropic.asked;

import org.jspecify.annotations.NullMarked;
