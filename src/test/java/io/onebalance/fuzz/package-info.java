/// Targets for fuzzing: each gives arbitrary bytes to parsers of foreign input and says what must
/// hold whatever the bytes are. `./dev fuzz` lets Jazzer look for bytes that break it; what was
/// ever found lies in the corpus, which the ordinary tests replay. No target knows Jazzer.
@NullMarked
package io.onebalance.fuzz;

import org.jspecify.annotations.NullMarked;
