package io.onebalance.dialect.anthropic.asking;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a model of this dialect takes, by its generation. Of a name that tells none (others speak
/// this dialect as well) only what the oldest and the newest have in common is expected.
record Claude(int major, int minor, boolean opus) {
  private static final Claude UNKNOWN = new Claude(0, 0, false);

  /// `claude-3-5-sonnet-20241022`, `claude-opus-4-1`, `anthropic.claude-sonnet-4-5-20250929-v1:0`,
  /// `claude-haiku-4-5@20251001`: a date has eight digits, so it is no part of the version.
  private static final Pattern VERSION =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");

  static Claude named(String model) {
    var name = model.toLowerCase(Locale.ROOT);
    var found = VERSION.matcher(name);
    if (!found.find()) {
      return UNKNOWN;
    }
    var minor = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
    return new Claude(Integer.parseInt(found.group(1)), minor, name.contains("opus"));
  }

  /// The most tokens of an answer; also what is asked for where a client says nothing, as this
  /// dialect wants a number.
  int tokens() {
    if (isKnown() && !from(3, 5)) {
      return 4096;
    }
    if (!from(3, 7)) {
      return 8192;
    }
    return opus && !from(4, 5) ? 32_000 : 64_000;
  }

  /// What is more than this is a 400.
  int mostTokens() {
    if (!isKnown()) {
      return Integer.MAX_VALUE;
    }
    return from(4, 6) ? 128_000 : tokens();
  }

  /// Whether it can think at all.
  boolean thinks() {
    return !isKnown() || from(3, 7);
  }

  /// Whether it decides itself how much, and takes an effort.
  boolean adapts() {
    return from(4, 6);
  }

  boolean takesBudget() {
    return thinks() && !from(5, 0);
  }

  /// Whether the last message may be the beginning of its own answer.
  boolean continues() {
    return !from(4, 6);
  }

  /// Whether `temperature`, `top_p` and `top_k` are anything but a 400.
  boolean samples() {
    return !from(5, 0);
  }

  boolean takesTemperatureAndTopP() {
    return !from(4, 0);
  }

  /// Whether an answer can be bound to a schema, without a tool.
  boolean formats() {
    return from(4, 5);
  }

  /// Whether a system message may stand between others.
  boolean hearsSystemAnywhere() {
    return from(5, 0);
  }

  private boolean isKnown() {
    return major > 0;
  }

  private boolean from(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
