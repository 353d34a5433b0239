/// What is asked of Gemini, written as its models take it. Pure.
@NullMarked
package io.onebalance.dialect.gemini.asking;

import org.jspecify.annotations.NullMarked;
