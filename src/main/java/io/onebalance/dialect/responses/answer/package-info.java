/// Answers of the Responses dialect, whole and streamed, read from providers and written for
/// clients.
@NullMarked
package io.onebalance.dialect.responses.answer;

import org.jspecify.annotations.NullMarked;
