/// What every verb stands on: the shell around it, a running server that it asks, what it prints,
/// and how it ends.
@NullMarked
package io.onebalance.cli.shell;

import org.jspecify.annotations.NullMarked;
