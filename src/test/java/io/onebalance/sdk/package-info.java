/// Official clients, unmodified, each against every family of providers, through the whole program.
@NullMarked
package io.onebalance.sdk;

import org.jspecify.annotations.NullMarked;
