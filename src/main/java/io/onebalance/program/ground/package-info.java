/// What the running program stands on: the store, the keys, and the settings in force.
@NullMarked
package io.onebalance.program.ground;

import org.jspecify.annotations.NullMarked;
