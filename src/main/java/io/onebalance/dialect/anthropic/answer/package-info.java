/// Answers of this dialect, whole and in events: read from a provider, written for a client.
@NullMarked
package io.onebalance.dialect.anthropic.answer;

import org.jspecify.annotations.NullMarked;
