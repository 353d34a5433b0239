/// What was possible at all: what somebody would serve who knows the true quotas. Computed from the
/// truth only, never from what a policy believes.
@NullMarked
package io.onebalance.simulate.possible;

import org.jspecify.annotations.NullMarked;
