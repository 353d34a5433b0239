/// The pretended Gemini API of Google AI Studio, with its OpenAI-compatible path: answers and
/// refusals in their real shapes. Pure.
@NullMarked
package io.onebalance.sandbox.gemini;

import org.jspecify.annotations.NullMarked;
