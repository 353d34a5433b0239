/// Provider keys, the state each is in, and the choice of the next one. Pure: it learns from
/// verdicts and knows neither sockets nor SQL; time and chance are parameters.
///
/// The way through the room: a `Pool` asks a `Lane` (one model's index of ready keys) for the next
/// key, `Supply` knows which keys have room, `Preference` says whether that key takes its turn, and
/// `Lessons` turns the verdict that comes back into a `Rest` or a `State` of the `Member`. How long
/// a rest is, is up to `CooldownRules`; how much a key may do is `quota`'s, who waits is `queue`'s,
/// and why a key was chosen is told by `why`.
@NullMarked
package io.onebalance.key;

import org.jspecify.annotations.NullMarked;
