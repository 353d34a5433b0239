/// What is asked of Gemini: requests written as its models take them, and read from its clients.
/// Pure.
@NullMarked
package io.onebalance.dialect.gemini.request;

import org.jspecify.annotations.NullMarked;
