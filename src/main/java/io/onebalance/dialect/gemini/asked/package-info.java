/// What clients of Gemini ask, read as they write it: in camel or snake case, with ids of calls or
/// without. Pure.
@NullMarked
package io.onebalance.dialect.gemini.asked;

import org.jspecify.annotations.NullMarked;
