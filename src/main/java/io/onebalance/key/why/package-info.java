/// Why a key was chosen, as numbers that are noted at the choice and made into words when somebody
/// reads them. Pure data; no secrets, only ids.
@NullMarked
package io.onebalance.key.why;

import org.jspecify.annotations.NullMarked;
