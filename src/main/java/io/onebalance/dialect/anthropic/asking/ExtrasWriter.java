package io.onebalance.dialect.anthropic.asking;

import io.onebalance.dialect.anthropic.words.CacheMarks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what has no neutral meaning: this dialect's own members as they were, and who the user
/// is, hashed where another dialect says it, as this one wants no names.
final class ExtrasWriter {
  private static final Set<String> OWN =
      Set.of(
          "container",
          "context_management",
          "mcp_servers",
          "inference_geo",
          "speed",
          "diagnostics",
          "user_profile_id",
          "workspace_id");

  private static final Set<String> USER = Set.of("user", "safety_identifier");
  private static final Set<String> TIERS = Set.of("auto", "standard_only");

  private final ObjectNode body;
  private final Set<String> dropped;

  ExtrasWriter(ObjectNode body, Set<String> dropped) {
    this.body = body;
    this.dropped = dropped;
  }

  void write(Map<String, JsonNode> extras) {
    new TreeMap<>(extras).forEach((name, value) -> write(name, value));
  }

  private void write(String name, JsonNode value) {
    if (name.equals(CacheMarks.MEMBER) && value.isArray()) {
      return; // stands on the blocks already
    }
    if (USER.contains(name) && value.isString() && !value.stringValue().isEmpty()) {
      body.withObjectProperty("metadata").put("user_id", hash(value.stringValue()));
    } else if (isOwn(name, value)) {
      body.set(name, value);
    } else {
      dropped.add(name);
    }
  }

  private static boolean isOwn(String name, JsonNode value) {
    return switch (name) {
      case CacheMarks.MEMBER -> value.isObject();
      case "metadata" ->
          value.size() == 1
              && Optional.of(value.path("user_id")).filter(JsonNode::isString).isPresent();
      case "service_tier" -> TIERS.contains(value.asString(""));
      default -> OWN.contains(name);
    };
  }

  private static String hash(String user) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(hash.digest(user.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java has SHA-256", absent);
    }
  }
}
