/// The verbs that act on the whole database: copies of it, another place for it, another master
/// key.
@NullMarked
package io.onebalance.cli.database;

import org.jspecify.annotations.NullMarked;
