/// The pages of provider keys: lists, one key, and what is done with many of them.
@NullMarked
package io.onebalance.console.pages.keys;

import org.jspecify.annotations.NullMarked;
