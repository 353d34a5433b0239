package io.onebalance.console.pages.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.pages.words.Taste.Language;
import io.onebalance.console.pages.words.Words;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.why.Crowd;
import io.onebalance.key.why.How;
import io.onebalance.key.why.Keeps;
import io.onebalance.key.why.Other;
import io.onebalance.key.why.Taken;
import io.onebalance.key.why.Why;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reasons for choices: pages say in English what the key API says, and in Chinese the same.
class WhyWordsTest {
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]");
  private static final WhyWords ENGLISH = new WhyWords(Words.in(Language.ENGLISH));
  private static final WhyWords CHINESE = new WhyWords(Words.in(Language.CHINESE));
  private static final List<Level> LEVELS =
      List.of(
          new Level(Kind.REQUESTS, Window.MINUTE, 500, true, 125),
          new Level(Kind.TOKENS, Window.DAY, 1_000, false, 7));

  static Stream<How> ways() {
    return Arrays.stream(How.values());
  }

  static Stream<Keeps> hindrances() {
    return Stream.of(
        Keeps.Nothing.NOTHING,
        new Keeps.Quota(20_000),
        new Keeps.Rest(20_000),
        Keeps.Trial.TRIAL,
        Keeps.Doubt.DOUBT,
        new Keeps.Block("invalid key"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void why_a_key_was_chosen(How how) {
    var taken = new Taken("id", how, 2, LEVELS);
    var why = new Why(Instant.EPOCH, "model", taken, new Crowd(3, 1, 1, 1), List.of());

    assertThat(ENGLISH.because(taken)).isEqualTo(why.because());
    assertThat(ENGLISH.pool(why.crowd())).isEqualTo(why.pool());
    assertThat(CHINESE.because(taken)).contains("2 个请求进行中").doesNotContainPattern(LETTERS);
    assertThat(CHINESE.pool(why.crowd())).startsWith("3 个密钥：").doesNotContainPattern(LETTERS);
  }

  @ParameterizedTest
  @MethodSource("hindrances")
  void what_kept_another(Keeps keeps) {
    var other = new Other("id", keeps, LEVELS);

    assertThat(ENGLISH.because(other)).isEqualTo(other.because().replace("20 s", "20s"));
    assertThat(CHINESE.because(other).replace("20s", ""))
        .contains("，")
        .doesNotContainPattern(LETTERS);
  }
}
