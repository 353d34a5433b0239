/// The verbs a person types: small ones here, larger ones in packages of their names.
@NullMarked
package io.onebalance.cli;

import org.jspecify.annotations.NullMarked;
