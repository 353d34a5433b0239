/// Where it all starts: `Main`, and what each verb does that takes the whole program.
@NullMarked
package io.onebalance;

import org.jspecify.annotations.NullMarked;
