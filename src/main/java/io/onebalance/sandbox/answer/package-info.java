/// What the pretended providers have in common: requests as they read them, whole answers, streams
/// and reasons to refuse. Pure: it knows no socket and no clock. To add a provider: a [Pretender]
/// in a package of its own, and its paths in `Places`.
@NullMarked
package io.onebalance.sandbox.answer;

import org.jspecify.annotations.NullMarked;
