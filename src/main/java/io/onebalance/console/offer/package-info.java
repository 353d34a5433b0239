/// Keys that somebody offers to add: read from whatever they were pasted or sent in.
@NullMarked
package io.onebalance.console.offer;

import org.jspecify.annotations.NullMarked;
