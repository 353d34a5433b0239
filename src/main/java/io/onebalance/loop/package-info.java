/// What the event loops do for all of their connections.
@NullMarked
package io.onebalance.loop;

import org.jspecify.annotations.NullMarked;
