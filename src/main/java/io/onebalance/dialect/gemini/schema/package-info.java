/// JSON schemas as Gemini takes them: its own two forms of them, and its older form read as JSON
/// Schema. Pure.
@NullMarked
package io.onebalance.dialect.gemini.schema;

import org.jspecify.annotations.NullMarked;
