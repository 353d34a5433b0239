package io.onebalance.console.pages.words;

import io.onebalance.console.session.Cookie;
import io.onebalance.server.Visit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a visitor likes the pages: in which language and how bright. Both are kept in cookies; the
/// language is the browser's until somebody chooses.
public record Taste(Language language, Theme theme) {
  public static final String LANGUAGE = "one_balance_language";
  public static final String THEME = "one_balance_theme";

  /// The languages there are messages in.
  public enum Language {
    ENGLISH("en", "en"),
    CHINESE("zh-CN", "zh");

    private final String tag;
    private final String beginning;

    Language(String tag, String beginning) {
      this.tag = tag;
      this.beginning = beginning;
    }

    /// As HTML and the cookie name it.
    public String tag() {
      return tag;
    }

    public static Optional<Language> named(String tag) {
      return Arrays.stream(values()).filter(one -> one.tag.equals(tag)).findFirst();
    }
  }

  /// Auto is what the device is set to.
  public enum Theme {
    AUTO,
    LIGHT,
    DARK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Theme> named(String word) {
      return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
  }

  public static Taste of(Visit visit) {
    var accepted = visit.headers().first("accept-language");
    return new Taste(
        Cookie.of(visit, LANGUAGE)
            .flatMap(Language::named)
            .orElseGet(() -> preferred(accepted == null ? "" : accepted)),
        Cookie.of(visit, THEME).flatMap(Theme::named).orElse(Theme.AUTO));
  }

  /// The first language of the browser's that there are messages in; English where there is none.
  private static Language preferred(String accepted) {
    return ranges(accepted).stream()
        .flatMap(range ->
            Arrays.stream(Language.values())
                .filter(one -> range.getRange().startsWith(one.beginning)))
        .findFirst()
        .orElse(Language.ENGLISH);
  }

  private static List<Locale.LanguageRange> ranges(String accepted) {
    try {
      return accepted.isBlank() ? List.of() : Locale.LanguageRange.parse(accepted);
    } catch (IllegalArgumentException _) {
      return List.of(); // a browser's odd header is no reason to refuse the page
    }
  }

  public Words words() {
    return Words.in(language);
  }
}
