/// What is seen at a glance: how the whole does, and each provider.
@NullMarked
package io.onebalance.console.pages.overview;

import org.jspecify.annotations.NullMarked;
