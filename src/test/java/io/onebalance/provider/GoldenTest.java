package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.answer.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks the catalogue: each provider has golden answers, and each golden answer a provider.
class GoldenTest {
  /// What every provider can say.
  private static final Set<String> KINDS =
      Set.of("served", "limited", "exhausted", "dead", "overloaded");

  private static final Map<String, List<Golden>> GOLDEN = Golden.byProvider();

  private final Catalogue catalogue = Catalogue.builtIn();

  static Stream<Golden> answers() {
    return GOLDEN.values().stream().flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  @DisplayName("F9, F11, F19, F21, F22, F23, F25 each golden answer means what stands above it")
  void a_golden_answer_means_what_stands_above_it(Golden golden) {
    assertThat(golden.meaning(provider(golden.provider())))
        .as("%s", golden)
        .isEqualTo(golden.expected());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void a_golden_answer_is_named_after_what_it_means(Golden golden) {
    var verdict = golden.verdict(provider(golden.provider()));
    assertThat(kinds(verdict)).as("%s: %s", golden, verdict).contains(golden.kind());
  }

  @Test
  @DisplayName("P12 every provider of the catalogue has its five kinds of golden answers")
  void every_provider_has_its_five_kinds() {
    for (var provider : catalogue.all()) {
      var kinds =
          GOLDEN.getOrDefault(provider.slug(), List.of()).stream()
              .map(Golden::kind)
              .collect(Collectors.toSet());
      assertThat(kinds).as(provider.slug()).containsAll(KINDS);
    }
  }

  @Test
  void every_folder_belongs_to_a_provider_and_has_the_five_kinds() {
    GOLDEN.forEach((slug, answers) -> {
      assertThat(catalogue.find(slug)).as(slug).isPresent();
      assertThat(answers).extracting(Golden::kind).as(slug).containsAll(KINDS);
    });
  }

  /// The names under which a verdict may stand. A key that is dead by an indefinite word is doubted
  /// until another serves; what a day has used up is exhausted too.
  private static Set<String> kinds(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Served _ -> Set.of("served");
      case Verdict.Mistaken _ -> Set.of("mistaken");
      case Verdict.Dead _ -> Set.of("dead");
      case Verdict.Doubted _ -> Set.of("doubted", "dead");
      case Verdict.NoAccess _ -> Set.of("no-access");
      case Verdict.Unpermitted _ -> Set.of("unpermitted");
      case Verdict.Limited _ -> Set.of("limited", "exhausted");
      case Verdict.Exhausted _ -> Set.of("exhausted");
      case Verdict.Overloaded _, Verdict.Faulted _ -> Set.of("overloaded");
      case Verdict.Astray _ -> Set.of("astray");
    };
  }

  private Provider provider(String slug) {
    return catalogue.find(slug).orElseThrow(() -> new AssertionError(slug + " is no provider"));
  }
}
