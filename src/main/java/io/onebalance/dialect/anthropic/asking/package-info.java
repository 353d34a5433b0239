/// What is asked of a provider in this dialect, written as its model takes it.
@NullMarked
package io.onebalance.dialect.anthropic.asking;

import org.jspecify.annotations.NullMarked;
