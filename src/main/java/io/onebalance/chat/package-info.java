/// A conversation with a model, in no dialect: what is asked, what is answered, whole or piece by
/// piece. Every dialect is translated to and from this, so that each needs one translator and not
/// one for each other dialect. Pure.
@NullMarked
package io.onebalance.chat;

import org.jspecify.annotations.NullMarked;
