/// What a provider answers, and what it means for the key that asked: the verdict.
@NullMarked
package io.onebalance.provider.answer;

import org.jspecify.annotations.NullMarked;
