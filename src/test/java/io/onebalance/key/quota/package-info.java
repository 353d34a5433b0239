/// Tests of what is known of limits.
@NullMarked
package io.onebalance.key.quota;

import org.jspecify.annotations.NullMarked;
