/// What tables of errors are made of: an error body out of its wrappings, rows of signs, and what a
/// row may mean. No vendor is known here. Pure.
@NullMarked
package io.onebalance.provider.errors.rule;

import org.jspecify.annotations.NullMarked;
