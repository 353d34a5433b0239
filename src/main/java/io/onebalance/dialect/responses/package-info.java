/// OpenAI's Responses dialect (`/v1/responses`): items instead of messages, reasoning items that
/// carry sealed thoughts, namespaces, and streams that retell the whole answer at their end.
@NullMarked
package io.onebalance.dialect.responses;

import org.jspecify.annotations.NullMarked;
