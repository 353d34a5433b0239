/// Those who tell people what happens: the log, the console, alerts and metrics.
@NullMarked
package io.onebalance.program.tell;

import org.jspecify.annotations.NullMarked;
