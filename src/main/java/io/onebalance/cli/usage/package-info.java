/// What a running server carried and what it cost, as tables for people.
@NullMarked
package io.onebalance.cli.usage;

import org.jspecify.annotations.NullMarked;
