/// OpenAI's Chat Completions: what clients of this API ask and are told, and what OpenAI and the
/// many providers that speak like it take and answer. Where these differ stands in `flavours.json`
/// of `asking`. Knows no other dialect.
@NullMarked
package io.onebalance.dialect.openai;

import org.jspecify.annotations.NullMarked;
