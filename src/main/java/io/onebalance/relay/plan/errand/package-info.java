/// What is to be asked: errands, and what they are made into where one is not enough.
@NullMarked
package io.onebalance.relay.plan.errand;

import org.jspecify.annotations.NullMarked;
