package io.onebalance.sandbox.answer;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a person said last, and how much was said in all, in any of the dialects.
///
/// @param text the last message's
/// @param tokens an estimate over everything that a model would read
public record Prompt(String text, long tokens) {
  private static final List<String> CONVERSATIONS =
      List.of("messages", "contents", "input", "prompt");
  private static final List<String> INSTRUCTIONS =
      List.of("system", "systemInstruction", "instructions");

  public static Prompt of(JsonNode body) {
    var text = "";
    var tokens = 0L;
    for (var field : CONVERSATIONS) {
      var talk = body.path(field);
      tokens += tokens(talk);
      text = talk.isMissingNode() ? text : last(talk);
    }
    for (var field : INSTRUCTIONS) {
      tokens += tokens(body.path(field));
    }
    return new Prompt(text, Math.max(1, tokens));
  }

  /// About four bytes a token, at least one: the rule of thumb of all three providers.
  public static long tokens(String text) {
    return text.isEmpty() ? 0 : (text.length() + 3) / 4;
  }

  /// All texts within, wherever they stand, but for roles, types and ids.
  public static long tokens(JsonNode node) {
    return words(node, " ").isEmpty() ? 0 : tokens(words(node, " "));
  }

  private static String last(JsonNode talk) {
    return talk.isArray() && !talk.isEmpty()
        ? words(talk.get(talk.size() - 1), "\n")
        : words(talk, "\n");
  }

  private static String words(JsonNode node, String between) {
    var words = new StringBuilder();
    collect(node, between, words);
    return words.toString();
  }

  private static void collect(JsonNode node, String between, StringBuilder words) {
    if (node.isString()) {
      words.append(words.isEmpty() ? "" : between).append(node.stringValue());
    } else if (node.isArray()) {
      node.values().forEach(element -> collect(element, between, words));
    } else if (node.isObject()) {
      for (var field : List.of("text", "content", "parts", "output")) {
        collect(node.path(field), between, words);
      }
    }
  }
}
