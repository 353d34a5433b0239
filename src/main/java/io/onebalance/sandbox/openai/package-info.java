/// The pretended OpenAI: its answers and refusals in their real shapes. Pure.
@NullMarked
package io.onebalance.sandbox.openai;

import org.jspecify.annotations.NullMarked;
