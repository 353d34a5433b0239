/// What somebody should be told at once: which alerts there are, when each begins and ends, and how
/// they are sent. Sees only what it is shown, and knows no keys, pools or budgets itself.
@NullMarked
package io.onebalance.alert;

import org.jspecify.annotations.NullMarked;
