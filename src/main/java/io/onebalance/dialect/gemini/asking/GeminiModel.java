package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.asked.Reasoning.Effort;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a model of Google's takes, told by its name. `version` is 205 for Gemini 2.5 and 0 for what
/// is no Gemini, or not known by its name.
record GeminiModel(int version, String rest) {
  private static final Pattern NUMBERED =
      Pattern.compile("gemini-(\\d{1,2})(?:\\.(\\d{1,2}))?(?![\\d.])-?(.*)");
  private static final int NEWEST = 9999;
  private static final int PRO_BUDGET = 32768;
  private static final int FLASH_BUDGET = 24576;

  static GeminiModel named(String name) {
    var plain = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    var numbered = NUMBERED.matcher(plain);
    if (numbered.matches()) {
      var minor = numbered.group(2) == null ? 0 : Integer.parseInt(numbered.group(2));
      return new GeminiModel(Integer.parseInt(numbered.group(1)) * 100 + minor, numbered.group(3));
    }
    // `gemini-flash-latest` is what is newest.
    return new GeminiModel(plain.startsWith("gemini-") ? NEWEST : 0, plain);
  }

  boolean isGemma() {
    return rest.startsWith("gemma");
  }

  boolean thinks() {
    return version >= 205 && !has("image") && !has("tts") && !has("embedding");
  }

  /// Whether thinking is measured in levels and not in tokens.
  boolean hasLevels() {
    return version >= 300;
  }

  /// Whether temperature and the like still mean something.
  boolean samples() {
    return version < 300;
  }

  /// The Gemini API refuses penalties since 2.5, Vertex AI since 3.
  boolean takesPenalties(boolean vertex) {
    return version < (vertex ? 300 : 205);
  }

  boolean takesSeveralChoices() {
    return version < 300;
  }

  /// Whether a call without its signature is refused.
  boolean checksSignatures() {
    return version >= 300 && !has("image");
  }

  boolean showsPicturesInResults() {
    return version >= 300;
  }

  /// Whether functions can stand beside tools that Google runs, and beside a form of the answer.
  boolean mixesTools() {
    return version >= 300;
  }

  /// Whether a conversation must not end with the model's turn.
  boolean refusesPrefill() {
    return version >= 306 || (version == 305 && has("flash-lite"));
  }

  /// The most tokens that an answer may have.
  int mostTokens() {
    if (has("image")) {
      return 32768;
    }
    return version >= 205 ? 65536 : version > 0 || isGemma() ? 8192 : Integer.MAX_VALUE;
  }

  int budget(Effort effort) {
    return switch (effort) {
      case NONE -> leastBudget();
      case MINIMAL, LOW -> 1024;
      case MEDIUM -> 8192;
      case HIGH -> 24576;
      case XHIGH, MAX -> mostBudget();
    };
  }

  int budget(int asked) {
    return Math.clamp(asked, leastBudget(), mostBudget());
  }

  private int leastBudget() {
    return has("pro") ? 128 : 0;
  }

  private int mostBudget() {
    return has("pro") ? PRO_BUDGET : FLASH_BUDGET;
  }

  String level(Effort effort) {
    return switch (effort) {
      case NONE, MINIMAL -> has("pro") || version >= 307 ? "LOW" : "MINIMAL";
      case LOW -> "LOW";
      case MEDIUM -> has("pro") && version == 300 ? "HIGH" : "MEDIUM";
      case HIGH -> "HIGH";
      case XHIGH, MAX -> has("hydrogen") ? "XHIGH" : "HIGH";
    };
  }

  String level(int budget) {
    return level(budget <= 2048 ? Effort.LOW : budget <= 12288 ? Effort.MEDIUM : Effort.HIGH);
  }

  private boolean has(String word) {
    return rest.contains(word);
  }
}
