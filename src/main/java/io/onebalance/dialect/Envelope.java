package io.onebalance.dialect;

import io.onebalance.chat.asked.ChatRequest;
import tools.jackson.databind.JsonNode;

/// What an answer says besides its content.
///
/// @param requestId ours, of letters, digits and `-`; ids in the answer are made of it
/// @param created in seconds since 1970
/// @param request what is answered
/// @param written the same as the client wrote it, for dialects that repeat it
public record Envelope(String requestId, long created, ChatRequest request, JsonNode written) {}
