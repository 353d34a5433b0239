/// What the sandbox does with which request: rules that tests and benches set, names that call up a
/// behaviour, and all that may go wrong at a provider and on the way to it. Pure: it knows no
/// socket and no clock.
@NullMarked
package io.onebalance.sandbox.script;

import org.jspecify.annotations.NullMarked;
