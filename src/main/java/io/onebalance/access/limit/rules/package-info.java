/// What may be limited, and the limits of each gateway key as operators write them.
@NullMarked
package io.onebalance.access.limit.rules;

import org.jspecify.annotations.NullMarked;
