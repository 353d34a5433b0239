/// What `keys` does with the keys of a server that runs.
@NullMarked
package io.onebalance.cli.keys;

import org.jspecify.annotations.NullMarked;
