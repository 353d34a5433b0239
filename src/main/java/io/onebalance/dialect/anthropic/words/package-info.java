/// What reading and writing share in this dialect: its words for the ends of an answer, ids,
/// signatures on their way through a client, the marks of caches, arguments of calls.
@NullMarked
package io.onebalance.dialect.anthropic.words;

import org.jspecify.annotations.NullMarked;
