/// The places of keys as people name them to `sync`.
@NullMarked
package io.onebalance.cli.places;

import org.jspecify.annotations.NullMarked;
