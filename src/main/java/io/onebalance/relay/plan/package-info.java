/// What a request asks for, and of whom: one errand, or one for each leg of a virtual model. It
/// asks nobody.
@NullMarked
package io.onebalance.relay.plan;

import org.jspecify.annotations.NullMarked;
