/// What Gemini answers, whole or piece by piece: read from its models, and written for its clients.
/// Pure.
@NullMarked
package io.onebalance.dialect.gemini.answer;

import org.jspecify.annotations.NullMarked;
