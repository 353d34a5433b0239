/// The items of a streamed Response while they grow: a message, thoughts, calls.
@NullMarked
package io.onebalance.dialect.responses.answer.growing;

import org.jspecify.annotations.NullMarked;
