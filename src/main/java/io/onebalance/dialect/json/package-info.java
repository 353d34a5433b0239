/// What all dialects need of JSON: trees read and written, members that are read once and the rest
/// of which is told, what references within a tree refer to, and where a text that grows ends.
@NullMarked
package io.onebalance.dialect.json;

import org.jspecify.annotations.NullMarked;
