/// What is asked of a model: the conversation so far, with the tools, limits and forms that the
/// answer is to have.
@NullMarked
package io.onebalance.chat.asked;

import org.jspecify.annotations.NullMarked;
