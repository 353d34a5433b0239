/// What is asked of a provider in this dialect, written as its model takes it. Where providers
/// differ stands in `flavours.json`.
@NullMarked
package io.onebalance.dialect.openai.asking;

import org.jspecify.annotations.NullMarked;
