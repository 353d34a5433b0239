/// Requests: those that were, each with its way, and one to try.
@NullMarked
package io.onebalance.console.pages.traffic;

import org.jspecify.annotations.NullMarked;
