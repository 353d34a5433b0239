/// The pretended Anthropic: its answers and refusals in their real shapes. Pure.
@NullMarked
package io.onebalance.sandbox.anthropic;

import org.jspecify.annotations.NullMarked;
