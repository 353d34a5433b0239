/// What the errors of each vendor mean, a table for each family of envelopes. Every row is learnt
/// from an answer that stands among the tests. Pure.
@NullMarked
package io.onebalance.provider.errors.vendor;

import org.jspecify.annotations.NullMarked;
