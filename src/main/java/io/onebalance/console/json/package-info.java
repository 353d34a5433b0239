/// JSON as the key API reads and writes it: one document or lines of them, strict about names and
/// types.
@NullMarked
package io.onebalance.console.json;

import org.jspecify.annotations.NullMarked;
