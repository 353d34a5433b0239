package io.onebalance.program.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DiscretionTest {
  private final List<String> looked = new ArrayList<>();
  private final Discretion discretion =
      new Discretion(word -> looked.add(word) && word.contains("CANARY"));

  @Test
  @DisplayName("S24 a key in place of a model is hidden, and everything else stays as it is")
  void a_key_in_place_of_a_model() {
    var usual = entry("openai/gpt-4o-mini", "gpt-4o-mini");
    var silent = entry("", "");
    var slip = entry("openai/sk-CANARY", "sk-CANARY");
    var discreet = discretion.of(List.of(usual, silent, slip));
    assertThat(discreet.subList(0, 2)).containsExactly(usual, silent);
    assertThat(discreet.getLast()).isEqualTo(entry(Discretion.HIDDEN, Discretion.HIDDEN));
  }

  @Test
  void each_name_is_looked_at_once() {
    discretion.of(List.of(entry("a", "a"), entry("a", "b")));
    discretion.of(List.of(entry("a", "b")));
    assertThat(looked).containsExactly("a", "b");
  }

  @Test
  void of_very_many_new_names_in_one_lot_the_rest_is_hidden_unseen() {
    var many = IntStream.range(0, 1_000).mapToObj(i -> entry("m" + i, "m" + i)).toList();
    var discreet = discretion.of(many);
    assertThat(looked).hasSize(Discretion.MOST_NEW);
    assertThat(discreet).startsWith(many.getFirst()).endsWith(entry("(hidden)", "(hidden)"));
    assertThat(discretion.of(many.subList(100, 101))).isEqualTo(many.subList(100, 101));
  }

  private static Entry entry(String asked, String served) {
    return new Entry(
        "r1",
        Instant.EPOCH,
        "key-1",
        new Entry.Asked(Entry.Kind.CHAT, asked, true),
        new Entry.Served("openai", served, "k1", Entry.Route.DIRECT),
        new Entry.Ending(404, Entry.How.WHOLE),
        new Entry.Times(Duration.ZERO, Duration.ZERO),
        Tokens.NONE,
        Optional.empty(),
        List.of(),
        1,
        List.of());
  }
}
