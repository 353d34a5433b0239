/// The verbs a person types.
@NullMarked
package io.onebalance.cli;

import org.jspecify.annotations.NullMarked;
