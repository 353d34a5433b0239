package io.onebalance.dialect.history;

import io.onebalance.chat.Signature;
import io.onebalance.dialect.json.Json;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Signatures of one maker that travel through the client of another: in a field that this client
/// hands back unread, such as the signature of an Anthropic thought or the encrypted content of a
/// Responses reasoning item. Not secret: it only says which call had which signature.
///
/// @param calls the signature of each call, by the call's id
/// @param text what sealed the text before the calls, where something did
public record SealedSignatures(
    Signature.Maker maker, Map<String, String> calls, Optional<String> text) {
  private static final String MARK = "ob1.";

  public SealedSignatures {
    calls = Map.copyOf(calls);
  }

  /// In one word.
  public String sealed() {
    var inside = Json.object().put("m", maker.name());
    var pairs = inside.putObject("c");
    new TreeMap<>(calls).forEach(pairs::put);
    text.ifPresent(value -> inside.put("t", value));
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(inside));
  }

  /// Whether we wrote this, and so it goes to no provider as it is.
  public static boolean isSealed(String word) {
    return word.startsWith(MARK);
  }

  /// What [#sealed] wrote; empty where this is something else, or was changed.
  public static Optional<SealedSignatures> open(String word) {
    return isSealed(word)
        ? decoded(word).flatMap(Json::read).flatMap(SealedSignatures::of)
        : Optional.empty();
  }

  private static Optional<byte[]> decoded(String word) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(word.substring(MARK.length())));
    } catch (IllegalArgumentException changed) {
      return Optional.empty();
    }
  }

  private static Optional<SealedSignatures> of(JsonNode inside) {
    var calls = new TreeMap<String, String>();
    inside
        .path("c")
        .properties()
        .forEach(pair -> calls.put(pair.getKey(), pair.getValue().asString("")));
    var text = Optional.ofNullable(inside.get("t")).map(value -> value.asString(""));
    return Arrays.stream(Signature.Maker.values())
        .filter(maker -> maker.name().equals(inside.path("m").asString("")))
        .findFirst()
        .map(maker -> new SealedSignatures(maker, calls, text));
  }
}
