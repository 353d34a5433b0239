/// What earlier turns of a conversation need before another provider reads them: calls that meet
/// their results, and signatures that go to their makers alone.
@NullMarked
package io.onebalance.dialect.history;

import org.jspecify.annotations.NullMarked;
