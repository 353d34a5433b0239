/// `top`, and what it shows of a server: its metrics as a table that a person looks at.
@NullMarked
package io.onebalance.cli.top;

import org.jspecify.annotations.NullMarked;
