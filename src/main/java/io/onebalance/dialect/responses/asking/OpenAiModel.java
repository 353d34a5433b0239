package io.onebalance.dialect.responses.asking;

import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an OpenAI model takes, as far as its name tells. A model that we do not know takes
/// everything.
///
/// Reasoning models refuse sampling, plain ones refuse reasoning. `minimal` is GPT-5's alone,
/// `none` came with GPT-5.1 and `xhigh` with GPT-5.2.
///
/// @param version of a GPT, times ten; 0 for others
record OpenAiModel(Kind kind, int version) {
  enum Kind {
    PLAIN,
    REASONING,
    UNKNOWN
  }

  private static final Pattern GPT = Pattern.compile("gpt-(\\d{1,3})(?:\\.(\\d))?(?!\\d)(.*)");
  private static final Pattern O_SERIES = Pattern.compile("o\\d.*");
  private static final int FIRST_REASONING = 50;
  private static final int FIRST_WITH_NONE = 51;
  private static final int FIRST_WITH_XHIGH = 52;

  static OpenAiModel named(String name) {
    var word = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (O_SERIES.matcher(word).matches()) {
      return new OpenAiModel(Kind.REASONING, 0);
    }
    var gpt = GPT.matcher(word);
    if (!gpt.matches()) {
      return new OpenAiModel(
          word.startsWith("gpt-4") || word.startsWith("chatgpt") ? Kind.PLAIN : Kind.UNKNOWN, 0);
    }
    var minor = Optional.ofNullable(gpt.group(2)).orElse("0");
    var version = Integer.parseInt(gpt.group(1)) * 10 + Integer.parseInt(minor);
    var plain = version < FIRST_REASONING || gpt.group(3).contains("chat");
    return new OpenAiModel(plain ? Kind.PLAIN : Kind.REASONING, version);
  }

  /// Whether it takes temperature, top_p and logprobs, thinking that much.
  boolean samples(Optional<String> effort) {
    return kind != Kind.REASONING || effort.filter("none"::equals).isPresent();
  }

  boolean reasons() {
    return kind == Kind.REASONING;
  }

  /// What it calls this much thinking; empty where nothing is to be said.
  Optional<String> effort(Reasoning reasoning) {
    if (reasoning.mode() == Reasoning.Mode.OFF) {
      return Optional.of(word(Effort.NONE));
    }
    return reasoning.effort().or(() -> reasoning.budget().map(Effort::worth)).map(this::word);
  }

  private String word(Effort effort) {
    return switch (effort) {
      case NONE -> takes(FIRST_WITH_NONE) ? "none" : word(Effort.MINIMAL);
      case MINIMAL -> version == FIRST_REASONING || kind == Kind.UNKNOWN ? "minimal" : "low";
      case LOW -> "low";
      case MEDIUM -> "medium";
      case HIGH -> "high";
      case XHIGH, MAX -> takes(FIRST_WITH_XHIGH) ? "xhigh" : "high";
    };
  }

  private boolean takes(int since) {
    return kind == Kind.UNKNOWN || version >= since;
  }
}
