package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// Every page, of a house in which something happened already: keys rest and are blocked, requests
/// were served and refused, and everything that can be named is named as badly as can be.
final class WalkOfPages {
  static final String LIMITED = "AIzaLimited0123456789012345678901234AAAA";
  private static final String DEAD = "sk-dead-0123456789012345678901234567DEAD";
  private static final String HOSTILE_QUERY = "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E";

  /// Where the key and the request are that are looked at.
  record Places(String key, String request) {}

  private record Shown(String name, String path) {}

  private WalkOfPages() {}

  static Places fill(Running house) {
    house.script.key(LIMITED, Fault.refuses(Plain.NO_QUOTA_FOR_MODEL));
    house.script.key(DEAD, Fault.dead());
    house.keys("google-ai-studio", LIMITED, "AIzaGood00000000000000000000000000000BBBB");
    house.keys("openai", DEAD, "sk-good-0123456789012345678901234567GOOD");
    house.keys("openrouter", "sk-or-'\"><img/src=x/onerror=alert(1)>&amp;`");
    house.keys("groq", many("gsk_0123456789abcdef0123456789%04d", 120));
    for (var model :
        List.of(
            "google-ai-studio/gemini-2.5-flash",
            "openai/gpt-4o-mini",
            "groq/llama-3.3-70b-versatile",
            "google-ai-studio/gemini-2.5-flash",
            "openai/gpt-4o",
            "nobody/nothing",
            "sandbox/echo",
            "groq/" + Walk.HOSTILE)) {
      ask(house, model);
    }
    var key = first(house, "google-ai-studio");
    house.send(
        house
            .to("/api/keys/" + key)
            .header("content-type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json("remark", "account"))));
    house.post("/api/gateway-keys", json("name").replace("}", ",\"groups\":\"openai\"}"));
    house.post(
        "/api/keys/bulk",
        json("reason")
            .replace("}", ",\"action\":\"block\",\"ids\":[\"%s\"]}")
            .formatted(first(house, "openrouter")));
    var request = "/requests/" + find(logged(house), "\"request_id\":\"([^\"]+)\"");
    return new Places("/keys/google-ai-studio/" + key, request);
  }

  static String[] many(String pattern, int many) {
    return IntStream.range(0, many).mapToObj(pattern::formatted).toArray(String[]::new);
  }

  private static void ask(Running house, String model) {
    var body = JsonMapper.shared().createObjectNode().put("model", model);
    body.putArray("messages").addObject().put("role", "user").put("content", "hello");
    house.post("/v1/chat/completions", body.toString());
  }

  /// A JSON object whose fields are all hostile.
  private static String json(String... names) {
    var json = JsonMapper.shared().createObjectNode();
    for (var name : names) {
      json.put(name, Walk.HOSTILE);
    }
    return json.toString();
  }

  /// The id of a provider's first key.
  static String first(Running house, String provider) {
    var keys = house.get("/api/keys?provider=" + provider + "&sort=created&limit=1").body();
    return find(keys, "\"id\":\"([^\"]+)\"");
  }

  /// The log is written behind; the history's own reading waits for nobody, so this looks again.
  private static String logged(Running house) {
    var body = "";
    while (!body.contains("gemini-2.5-flash")) {
      body = house.get("/api/requests?provider=google-ai-studio").body();
      Thread.onSpinWait();
    }
    return body;
  }

  private static String find(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  static void walk(Walk walk, Places places) {
    for (var one : pages(places)) {
      walk.open(one.path());
      walk.look(one.name());
    }
  }

  private static List<Shown> pages(Places places) {
    return List.of(
        new Shown("overview", "/?range=1h"),
        new Shown("overview-models", "/?range=24h&by=model"),
        new Shown("providers", "/providers"),
        new Shown("keys", "/keys/groq"),
        new Shown("keys-cooling", "/keys/google-ai-studio?status=cooling"),
        new Shown("keys-blocked", "/keys/openai?status=blocked"),
        new Shown("keys-none", "/keys/mistral"),
        new Shown("keys-hostile", "/keys/openrouter?status=blocked&q=" + HOSTILE_QUERY),
        new Shown("key", places.key()),
        new Shown("key-delete", places.key() + "/delete"),
        new Shown("find", "/find"),
        new Shown("requests", "/requests"),
        new Shown("requests-between", "/requests?from=2020-01-01T00:00&to=2020-01-02T00:00"),
        new Shown("request", places.request()),
        new Shown("gateway-keys", "/gateway-keys"),
        new Shown("playground", "/playground"),
        new Shown("settings", "/settings"),
        new Shown("audit", "/audit"),
        new Shown("trouble", "/keys/nobody"));
  }
}
