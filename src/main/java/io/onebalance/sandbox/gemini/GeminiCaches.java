package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Prompt;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.Stored;
import java.time.Duration;
import java.util.stream.Collectors;

/// Gemini's cached contents: made, listed, read and deleted by their key.
final class GeminiCaches {
  private static final String CACHE =
      """
      {
        "name": $,
        "model": $,
        "createTime": "$",
        "updateTime": "$",
        "expireTime": "$",
        "displayName": $,
        "usageMetadata": {"totalTokenCount": $}
      }
      """;

  private GeminiCaches() {}

  static Reply answer(Ask ask) {
    var name = ask.path().substring(1);
    if (name.equals("cachedContents")) {
      return ask.isPost() ? made(ask) : listed(ask);
    }
    var found = ask.stored().find(name, ask.key());
    if (found.isEmpty()) {
      return GoogleErrors.plain(
          403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)");
    }
    if (ask.heard().method().equals("DELETE")) {
      ask.stored().remove(name, ask.key());
      return Reply.json(200, "{}\n");
    }
    return Reply.json(200, found.get().json());
  }

  private static Reply made(Ask ask) {
    var id = ask.id("cachedContents/");
    var json =
        Json.filled(
            CACHE,
            Json.quoted(id),
            Json.quoted(ask.named()),
            ask.now(),
            ask.now(),
            ask.now().plus(Duration.ofHours(1)),
            Json.quoted(ask.body().path("displayName").asString("")),
            Prompt.of(ask.body()).tokens());
    ask.stored().put(new Stored.Thing(id, "cache", ask.key(), json, new byte[0]));
    return Reply.json(200, json);
  }

  private static Reply listed(Ask ask) {
    var caches =
        ask.stored().all("cache", ask.key()).stream()
            .map(Stored.Thing::json)
            .collect(Collectors.joining(","));
    return Reply.json(200, "{\n\"cachedContents\": [" + caches + "]\n}\n");
  }
}
