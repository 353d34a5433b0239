/// Provider keys, the state each is in, and the choice of the next one. Pure: it learns from
/// verdicts and knows neither sockets nor SQL; time and chance are parameters.
///
/// This package holds the words that all its parts share. The way through them: a `pool` asks a
/// `lane` (one model's index of ready keys) for the next key, whose `Supply` knows which keys have
/// room, and `Preference` whether that key takes its turn; `Lessons` of the pool turn the verdict
/// that comes back into a `Rest` or a `State` of the `roster`'s `Member`. How long a rest is, is up
/// to `CooldownRules`; how much a key may do is `quota`'s, whose turn it is `turn`'s, who waits is
/// `queue`'s; why a key was chosen is told by `why`, what happened to it by `event`.
@NullMarked
package io.onebalance.key;

import org.jspecify.annotations.NullMarked;
