/// What is asked of a provider in the Responses dialect, written as its model takes it.
@NullMarked
package io.onebalance.dialect.responses.asking;

import org.jspecify.annotations.NullMarked;
