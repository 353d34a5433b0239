/// What answers mean. The order of the tests stands in [io.onebalance.provider.errors.Judge] alone;
/// texts of the provider are read and never repeated, since they may echo a key. Pure.
@NullMarked
package io.onebalance.provider.errors;

import org.jspecify.annotations.NullMarked;
