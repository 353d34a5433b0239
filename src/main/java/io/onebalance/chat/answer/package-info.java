/// What a model answers: whole, or in deltas that add up to the whole.
@NullMarked
package io.onebalance.chat.answer;

import org.jspecify.annotations.NullMarked;
