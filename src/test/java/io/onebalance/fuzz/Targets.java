package io.onebalance.fuzz;

import io.onebalance.relay.socket.WebSocketFrames;
import io.onebalance.store.Ciphertexts;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// All targets by name; the corpus of each lies in a folder of that name.
final class Targets {
  private static final Map<String, Supplier<Target>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("added-keys", AddedKeys::new),
              Map.entry("anthropic-answer", () -> AnthropicTargets::answer),
              Map.entry("anthropic-request", () -> AnthropicTargets::request),
              Map.entry("anthropic-stream", () -> AnthropicTargets::stream),
              Map.entry("auth-key", AuthKeys::new),
              Map.entry("belongings", Belongings::new),
              Map.entry("body-json", JsonBody::new),
              Map.entry("body-multipart", MultipartBody::new),
              Map.entry("catalogue", CatalogueEntry::new),
              Map.entry("ciphertexts", Ciphertexts::new),
              Map.entry("console-forms", ConsoleForms::new),
              Map.entry("credentials", Credentials::new),
              Map.entry("embeddings", Embeddings::new),
              Map.entry("errors", Errors::new),
              Map.entry("events", EventStream::new),
              Map.entry("frames", Frames::new),
              Map.entry("gemini", GeminiTargets::new),
              Map.entry("openai-answer", () -> OpenAiTargets::answer),
              Map.entry("openai-request", () -> OpenAiTargets::request),
              Map.entry("openai-stream", () -> OpenAiTargets::stream),
              Map.entry("path", RequestPath::new),
              Map.entry("responses", ResponsesTargets::new),
              Map.entry("scrub", Scrubbing::new),
              Map.entry("settings", SettingsFiles::new),
              Map.entry("usage", Usages::new),
              Map.entry("web-frames", WebSocketFrames::new)));

  private Targets() {}

  static Iterable<String> names() {
    return ALL.keySet();
  }

  static Target named(String name) {
    var target = ALL.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no target " + name + "; there are " + ALL.keySet());
    }
    return target.get();
  }
}
