package io.onebalance.console.pages.words;

import io.onebalance.console.pages.words.Taste.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Bidi;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// The messages of the pages in one language. `{0}`, `{1}` … stand for values; a name without a
/// message is a mistake of ours. The files are in step: a test sees to it.
public final class Words {
  private static final char ISOLATE = '\u2068';
  private static final char END_OF_ISOLATE = '\u2069';
  private static final Map<Language, Words> ALL = new EnumMap<>(Language.class);

  static {
    for (var language : Language.values()) {
      ALL.put(language, new Words(language));
    }
  }

  private final Language language;
  private final Properties messages;
  private final Sentences sentences;

  private Words(Language language) {
    this.language = language;
    this.messages = read("/console/words-" + language.tag() + ".properties");
    this.sentences = new Sentences(language);
  }

  public static Words in(Language language) {
    var words = ALL.get(language);
    if (words == null) {
      throw new IllegalStateException("there are no words in " + language);
    }
    return words;
  }

  public String of(String name, Object... values) {
    var message = messages.getProperty(name);
    if (message == null) {
      throw new IllegalStateException("no message is named '" + name + "'");
    }
    return values.length == 0 ? message : filled(message, values);
  }

  /// A number of things: the message `name.one` for one of them, `name.many` for others.
  public String count(String name, long number) {
    return of(name + (number == 1 ? ".one" : ".many"), number(number));
  }

  /// A whole number, its digits in groups.
  public String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// The message of a word that comes from elsewhere, or the word itself where it has none.
  public String named(String prefix, String word) {
    return messages.getProperty(prefix + word, word);
  }

  /// What another room says in English, in this language where that is known.
  public String sentence(String english) {
    return sentences.told(english);
  }

  public Language language() {
    return language;
  }

  private static String filled(String message, Object... values) {
    var text = new StringBuilder();
    var from = 0;
    for (var at = message.indexOf('{'); at >= 0; at = message.indexOf('{', from)) {
      text.append(message, from, at).append(apart(values[message.charAt(at + 1) - '0'].toString()));
      from = at + 3;
    }
    return text.append(message, from, message.length()).toString();
  }

  /// A value that runs from right to left, or turns the direction, must not turn the message.
  private static String apart(String value) {
    return Bidi.requiresBidi(value.toCharArray(), 0, value.length())
        ? ISOLATE + value + END_OF_ISOLATE
        : value;
  }

  private static Properties read(String file) {
    try (var in = Words.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + file);
      }
      var properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
