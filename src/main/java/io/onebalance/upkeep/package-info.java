/// The jobs that look after keys while nobody watches: live validation, cleanup and recovery.
@NullMarked
package io.onebalance.upkeep;

import org.jspecify.annotations.NullMarked;
