/// The jobs that look after keys while nobody watches: live validation and cleanup.
@NullMarked
package io.onebalance.upkeep;

import org.jspecify.annotations.NullMarked;
