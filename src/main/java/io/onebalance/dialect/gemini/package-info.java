/// Gemini's dialect, `generateContent` and `streamGenerateContent`, as the Gemini API and Vertex AI
/// speak it. Pure.
@NullMarked
package io.onebalance.dialect.gemini;

import org.jspecify.annotations.NullMarked;
