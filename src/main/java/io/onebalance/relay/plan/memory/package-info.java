/// What requests leave behind for those that come after them: whose a resource is, what a model
/// signed, which models there are.
@NullMarked
package io.onebalance.relay.plan.memory;

import org.jspecify.annotations.NullMarked;
