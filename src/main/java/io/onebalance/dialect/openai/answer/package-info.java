/// Answers of this dialect, whole and in chunks: read from a provider, written for a client.
@NullMarked
package io.onebalance.dialect.openai.answer;

import org.jspecify.annotations.NullMarked;
