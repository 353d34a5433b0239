package io.onebalance.console.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// Texts as they stand in addresses and in JSON.
final class Quoted {
  private Quoted() {}

  static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String json(String name, String value, String other, String otherValue) {
    return JsonMapper.shared()
        .createObjectNode()
        .put(name, value)
        .put(other, otherValue)
        .toString();
  }
}
