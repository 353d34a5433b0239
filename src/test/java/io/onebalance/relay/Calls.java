package io.onebalance.relay;

/// Requests that tests make, again and again.
final class Calls {
  static final String CHAT = "/api/openai/v1/chat/completions";
  static final String HELLO = chat("gpt-4o-mini");
  static final String STREAM = HELLO.replace("{\"model\"", "{\"stream\":true,\"model\"");

  static final String GENERATE =
      "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent";
  static final String GENERATE_STREAM =
      "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
  static final String CONTENTS =
      """
      {"contents":[{"role":"user","parts":[{"text":"hello"}]}]}\
      """;

  static final String MESSAGES = "/api/anthropic/v1/messages";
  static final String MESSAGE_STREAM =
      """
      {"stream":true,"model":"claude-sonnet-4-5","max_tokens":64,\
      "messages":[{"role":"user","content":"hello"}]}\
      """;

  private Calls() {}

  static String chat(String model) {
    return """
    {"model":"%s","messages":[{"role":"user","content":"hello"}]}\
    """
        .formatted(model);
  }

  /// The same as bytes on the wire, for bare connections.
  static String onTheWire(String method, String target, String body, String... fields) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nhost: gateway.test\r\nauthorization: Bearer "
        + Rig.AUTH
        + "\r\n"
        + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
        + "content-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
