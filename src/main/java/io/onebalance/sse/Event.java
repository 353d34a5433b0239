package io.onebalance.sse;

import java.nio.charset.StandardCharsets;

/// One server-sent event.
///
/// @param type what its `event:` line said; empty where it had none (a `message`)
/// @param id what its `id:` line said, or empty
/// @param data its `data:` lines, joined by LF
/// @param whole false where it was longer than its reader allows; the data is then only its start
/// @param end how many bytes of the stream were read when it was complete
public record Event(String type, String id, byte[] data, boolean whole, long end) {
  /// The data as text. Broken UTF-8 shows as replacement characters.
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  /// Whether it only says that the server is still there: `ping` (Anthropic) or `keepalive` (OpenAI
  /// Responses), by its type or, where it has none, by what its JSON calls itself.
  public boolean isPing() {
    return type.isEmpty() ? Pings.in(data) : Pings.TYPES.contains(type);
  }
}
