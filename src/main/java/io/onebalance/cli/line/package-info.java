/// How a command line is read and explained: options, a verb, what the verb takes. It knows no
/// verb.
@NullMarked
package io.onebalance.cli.line;

import org.jspecify.annotations.NullMarked;
