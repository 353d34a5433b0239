/// What happens to keys that people want to hear of, in words that hold no key.
@NullMarked
package io.onebalance.key.event;

import org.jspecify.annotations.NullMarked;
