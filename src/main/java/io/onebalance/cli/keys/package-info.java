/// `keys`, and what it does with the keys of a server that runs or of a database.
@NullMarked
package io.onebalance.cli.keys;

import org.jspecify.annotations.NullMarked;
