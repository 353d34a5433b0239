package io.onebalance.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  private static final Usage LEAD =
      new Usage(
          "lead",
          "Lead somebody.",
          false,
          "WHOM",
          List.of(Option.flag("--now", "At once."), Option.valued("--to", "PLACE", "Where to.")));
  private static final Usage REST = new Usage("rest", "Rest.", true, "", List.of());
  private static final List<Option> COMMON = List.of(Option.valued("--config", "FILE", "A file."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--config c lead --to=here --now me",
        "lead me --now --to here --config c",
        "lead --to here --config=c --now -- me",
      })
  void options_stand_anywhere_behind_their_verb(String line) {
    var given = new Given(Map.of("--config", "c", "--to", "here", "--now", ""), Optional.of("me"));
    assertThat(read(line)).isEqualTo(new Typed.Asked(Optional.of(LEAD), given));
    assertThat(given.has("--now")).isTrue();
    assertThat(given.value("--to")).contains("here");
  }

  @Test
  void without_a_word_nothing_is_asked_for() {
    assertThat(Line.read(List.of(LEAD), COMMON))
        .isEqualTo(new Typed.Asked(Optional.empty(), new Given(Map.of(), Optional.empty())));
  }

  @Test
  void after_two_dashes_and_after_an_equals_sign_a_dash_begins_a_word() {
    var given = new Given(Map.of("--to", "-x=y"), Optional.of("--now"));
    assertThat(read("lead --to=-x=y -- --now"))
        .isEqualTo(new Typed.Asked(Optional.of(LEAD), given));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--now lead | Unknown option: '--now'",
        "lead -n | Unknown option: '-n'",
        "lead - | Unknown option: '-'",
        "lead --now=yes | Unknown option: '--now=yes'",
        "lead a b | Unmatched argument at index 2: 'b'",
        "--config f rest a | Unmatched argument at index 3: 'a'",
        "lead --to | Missing required parameter for option '--to' (PLACE)",
        "lead --to --now | Missing required parameter for option '--to' (PLACE)",
        "lead --to a --to b | Option '--to' should be specified only once",
        "--config a rest --config b | Option '--config' should be specified only once",
      })
  void what_cannot_be_understood_is_named(String line, String why) {
    assertThat(read(line))
        .isInstanceOfSatisfying(Typed.Wrong.class, wrong -> assertThat(wrong.why()).isEqualTo(why));
  }

  @Test
  void help_is_wanted_of_the_verb_that_was_typed() {
    assertThat(read("-h")).isEqualTo(new Typed.Help(Optional.empty()));
    assertThat(read("--help lead")).isEqualTo(new Typed.Help(Optional.of(LEAD)));
    assertThat(read("lead --now --help")).isEqualTo(new Typed.Help(Optional.of(LEAD)));
    assertThat(read("leed --help")).isEqualTo(new Typed.NoVerb("leed"));
  }

  @Test
  void help_shows_what_may_follow_but_no_hidden_verb() {
    var help = new HelpText("run", "Runs.", COMMON);
    assertThat(help.of(List.of(LEAD, REST)))
        .isEqualTo(
            """
            Usage: run [VERB] [OPTION]...
            Runs.
                  --config=FILE   A file.
              -h, --help          Show this.
            Verbs:
              lead   Lead somebody.
            """);
    assertThat(help.of(LEAD))
        .isEqualTo(
            """
            Usage: run lead WHOM [OPTION]...
            Lead somebody.
                  --now           At once.
                  --to=PLACE      Where to.
                  --config=FILE   A file.
              -h, --help          Show this.
            """);
  }

  private static Typed read(String line) {
    return Line.read(List.of(LEAD, REST), COMMON, line.split(" ", -1));
  }
}
