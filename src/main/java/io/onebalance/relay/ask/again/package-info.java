/// Whether, how often and when somebody is asked again after a refusal.
@NullMarked
package io.onebalance.relay.ask.again;

import org.jspecify.annotations.NullMarked;
