/// What the pretended providers say: requests in, whole answers, streams and refusals out, all in
/// their real shapes. Pure: it knows no socket and no clock. To add a provider: a [Pretender] here
/// and its paths in [Place].
@NullMarked
package io.onebalance.sandbox.answer;

import org.jspecify.annotations.NullMarked;
