/// What happens to keys while somebody looks: their events, who rests until when, and when a
/// provider runs out of keys. Held in memory, bounded; time is a parameter.
@NullMarked
package io.onebalance.console.live;

import org.jspecify.annotations.NullMarked;
