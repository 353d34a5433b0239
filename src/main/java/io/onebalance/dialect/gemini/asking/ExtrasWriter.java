package io.onebalance.dialect.gemini.asking;

import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the members without neutral meaning that Gemini knows, under its own names or those that
/// clients of others write; the rest is told as dropped.
final class ExtrasWriter {
  private static final Set<String> IN_CONFIG =
      Set.of("responseModalities", "speechConfig", "mediaResolution", "imageConfig");
  private static final Set<String> TIERS = Set.of("flex", "priority");

  /// Ways to ask for what is the default, or for what has been read already.
  private static final Set<String> NEEDLESS = Set.of("stream_options");

  private final Addressee to;
  private final Dropped dropped;

  ExtrasWriter(Addressee to, Dropped dropped) {
    this.to = to;
    this.dropped = dropped;
  }

  /// Whether the client wants the web to be searched, without naming a tool for it.
  static boolean searches(Map<String, JsonNode> extras) {
    return extras.containsKey("web_search_options");
  }

  void write(Map<String, JsonNode> extras, ObjectNode body, ObjectNode config) {
    for (var extra : extras.entrySet()) {
      if (!NEEDLESS.contains(extra.getKey())
          && !written(extra.getKey(), extra.getValue(), body, config)) {
        dropped.tell(extra.getKey());
      }
    }
  }

  private boolean written(String name, JsonNode value, ObjectNode body, ObjectNode config) {
    return switch (name) {
      case "safetySettings", "safety_settings" ->
          put(body, "safetySettings", value, value.isArray());
      case "cachedContent", "cached_content" -> put(body, "cachedContent", value, value.isString());
      case "labels" -> put(body, "labels", value, to.vertex());
      case "service_tier", "serviceTier" -> tier(value, body);
      case "generationConfig" -> config(value, config);
      case "modalities" -> modalities(value, config);
      case "audio" -> {
        var format = value.path("format").asString("wav");
        if (!format.equals("wav") && !format.equals("pcm16")) {
          dropped.tell("audio.format"); // Google gives samples, and nobody encodes them here
        }
        yield voice(value, config);
      }
      case "google" -> google(value, body);
      case "extra_body" -> google(value.path("google"), body);
      case "web_search_options" -> true;
      // Extras are an open set: what is not known here is told as dropped.
      default -> false;
    };
  }

  private static boolean put(ObjectNode into, String name, JsonNode value, boolean right) {
    if (right) {
      into.set(name, value);
    }
    return right;
  }

  private boolean tier(JsonNode value, ObjectNode body) {
    var tier = value.asString("").toLowerCase(Locale.ROOT);
    return tier.equals("auto")
        || tier.equals("default")
        || put(
            body,
            "serviceTier",
            Json.object().stringNode(tier),
            TIERS.contains(tier) && !to.vertex());
  }

  private static boolean config(JsonNode value, ObjectNode config) {
    value.properties().stream()
        .filter(member -> IN_CONFIG.contains(member.getKey()))
        .forEach(member -> config.set(member.getKey(), member.getValue()));
    return value.propertyStream().allMatch(member -> IN_CONFIG.contains(member.getKey()));
  }

  private static boolean modalities(JsonNode value, ObjectNode config) {
    var wanted = value.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    if (!wanted.isEmpty() && !wanted.equals(List.of("text"))) {
      var written = config.putArray("responseModalities");
      wanted.forEach(one -> written.add(one.toUpperCase(Locale.ROOT)));
    }
    return value.isArray();
  }

  private static boolean voice(JsonNode value, ObjectNode config) {
    var voice = Optional.of(value.path("voice")).filter(JsonNode::isString);
    voice.ifPresent(name ->
        config
            .putObject("speechConfig")
            .putObject("voiceConfig")
            .putObject("prebuiltVoiceConfig")
            .set("voiceName", name));
    return voice.isPresent();
  }

  /// What Google's own layer over OpenAI's dialect takes; its thoughts are read as reasoning.
  private static boolean google(JsonNode value, ObjectNode body) {
    var cached = value.path("cached_content");
    if (cached.isString()) {
      body.set("cachedContent", cached);
    }
    return value
        .propertyStream()
        .allMatch(member ->
            member.getKey().equals("cached_content") || member.getKey().equals("thinking_config"));
  }
}
