/// What parts of contents are made of, whichever way they go: arguments of calls, kinds of media,
/// seals.
@NullMarked
package io.onebalance.dialect.gemini.part;

import org.jspecify.annotations.NullMarked;
