/// What a call that any provider may answer asks for, and of whom: as it is where a provider speaks
/// its dialect, translated where it does not.
@NullMarked
package io.onebalance.relay.plan.compat;

import org.jspecify.annotations.NullMarked;
