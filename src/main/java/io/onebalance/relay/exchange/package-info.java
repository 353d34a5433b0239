/// One exchange with a client: who asks, under which settings, the body as it is read, and how a
/// refusal is told. It knows no provider key and asks nobody.
@NullMarked
package io.onebalance.relay.exchange;

import org.jspecify.annotations.NullMarked;
