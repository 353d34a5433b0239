/// `connect`, what coding agents must be told to ask here, and where they keep it. Their files are
/// changed, never replaced.
@NullMarked
package io.onebalance.cli.connect;

import org.jspecify.annotations.NullMarked;
