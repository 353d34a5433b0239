package io.onebalance.console.pages.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Path MAIN = Path.of("src/main");
  private static final Pattern USED =
      Pattern.compile(
          "\\b(?:t|words|words\\(\\))\\s*\\.(of|count)\\(\\s*\"([a-z0-9_.-]+)\"\\s*[,)]");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  @Test
  void every_language_has_the_same_messages_with_the_same_places() throws IOException {
    var english = messages("en");
    var chinese = messages("zh-CN");

    assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (var name : english.stringPropertyNames()) {
      assertThat(places(chinese.getProperty(name)))
          .as(name)
          .isEqualTo(places(english.getProperty(name)));
    }
  }

  @Test
  void every_message_that_is_asked_for_by_name_exists() throws IOException {
    var known = messages("en").stringPropertyNames();
    var asked = new TreeSet<String>();
    try (var files = Files.walk(MAIN)) {
      for (var file : files.filter(WordsTest::mayAsk).toList()) {
        var uses = USED.matcher(Files.readString(file));
        while (uses.find()) {
          asked.add(uses.group(1).equals("count") ? uses.group(2) + ".one" : uses.group(2));
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(100);
    assertThat(known).containsAll(asked);
  }

  @Test
  void numbers_of_things_and_places_are_filled() {
    var words = Words.in(Taste.Language.ENGLISH);

    assertThat(words.count("keys", 1)).isEqualTo("1 key");
    assertThat(words.count("keys", 12_345)).isEqualTo("12,345 keys");
    assertThat(words.of("forecast", "groq", "{1}")).contains("groq runs out").contains("in {1} at");
  }

  @Test
  void a_value_from_right_to_left_does_not_turn_the_message() {
    var words = Words.in(Taste.Language.ENGLISH);

    assertThat(words.of("forecast.none", "\u202ex")).startsWith("\u2068\u202ex\u2069:");
    assertThat(words.of("forecast.none", "groq")).startsWith("groq:");
  }

  private static boolean mayAsk(Path file) {
    var name = file.toString();
    return name.endsWith(".jte") || (name.contains("console/pages") && name.endsWith(".java"));
  }

  private static Set<String> places(String message) {
    var places = new TreeSet<String>();
    PLACE.matcher(message).results().forEach(found -> places.add(found.group()));
    return places;
  }

  private static Properties messages(String tag) throws IOException {
    var file = MAIN.resolve("resources/console/words-" + tag + ".properties");
    var messages = new Properties();
    try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      messages.load(in);
    }
    return messages;
  }
}
