/// Texts to vectors: what clients ask for in OpenAI's dialect and in Gemini's, and what providers
/// of both, and Cohere, Mistral and Voyage, take and answer. Pure.
@NullMarked
package io.onebalance.dialect.embedding;

import org.jspecify.annotations.NullMarked;
