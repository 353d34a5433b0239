/// The scheduler against pretend providers in virtual time: how much of what was possible it
/// serves, with how many attempts, beside other policies. Deterministic from its seed; time that
/// passes outside is a parameter.
///
/// The way through the room: a `Scenario` says what is pretended, `world` plays it, a `policy`
/// decides which key is asked, `possible` says what a clairvoyant would have served, and a `Report`
/// tells both; `chart` draws it.
@NullMarked
package io.onebalance.simulate;

import org.jspecify.annotations.NullMarked;
