/// The pretended world: a clock that jumps from event to event, keys with their true quotas, and a
/// provider that answers by them. Nothing here knows what a scheduler believes.
@NullMarked
package io.onebalance.simulate.world;

import org.jspecify.annotations.NullMarked;
