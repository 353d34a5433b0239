/// Provider keys, the state each is in, and the choice of the next one. Pure: it learns from
/// verdicts and knows neither sockets nor SQL; time and chance are parameters.
@NullMarked
package io.onebalance.key;

import org.jspecify.annotations.NullMarked;
