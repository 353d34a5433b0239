/// What requests and answers of this dialect share: the assistant's messages, the parts of content,
/// calls, and signatures on their way through a client.
@NullMarked
package io.onebalance.dialect.openai.words;

import org.jspecify.annotations.NullMarked;
