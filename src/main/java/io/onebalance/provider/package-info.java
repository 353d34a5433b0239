/// The catalogue of providers: where a request goes, how a key is attached, and what an answer
/// means ([Verdict]). Pure: it knows no socket, no key's history and no clock; the time is a
/// parameter.
@NullMarked
package io.onebalance.provider;

import org.jspecify.annotations.NullMarked;
