package io.onebalance.metrics;

import static io.onebalance.metrics.ExpositionText.samples;
import static io.onebalance.metrics.ExpositionText.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.metrics.ExpositionText.Family;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final String SECRET = "gateway-key-CANARY-of-somebody";

  private final Meters meters = new Meters(SECRET::equals);

  @Test
  void requests_attempts_tokens_and_money_are_counted() {
    meters.heard(
        List.of(
            Entries.served("openai", "gpt-4o-mini"),
            Entries.served("openai", "gpt-4o-mini"),
            Entries.unpriced("openai", "gpt-4o-mini"),
            Entries.refused(401)));
    var told = told();
    var model = new String[] {"provider", "openai", "model", "gpt-4o-mini"};
    assertThat(
            value(told, "onebalance_requests_total", and(model, "kind", "chat", "status", "200")))
        .isEqualTo(3);
    assertThat(
            value(
                told,
                "onebalance_requests_total",
                "provider",
                "none",
                "model",
                "none",
                "kind",
                "messages",
                "status",
                "401"))
        .isEqualTo(1);
    assertThat(value(told, "onebalance_attempts_total", "provider", "openai", "verdict", "limited"))
        .isEqualTo(3);
    assertThat(tokens(told, model)).containsExactly(3000.0, 1200.0, 300.0, 600.0, 150.0);
    assertThat(value(told, "onebalance_cost_dollars_total", model)).isEqualTo(0.0025);
    assertThat(value(told, "onebalance_unpriced_requests_total", model)).isEqualTo(1);
  }

  @Test
  void times_are_counted_in_steps_by_provider() {
    meters.heard(List.of(Entries.served("openai", "gpt-4o-mini"), Entries.refused(401)));
    var told = told();
    assertThat(value(told, "onebalance_first_byte_seconds_count", "provider", "openai"))
        .isEqualTo(1);
    assertThat(samples(told, "onebalance_first_byte_seconds"))
        .as("where no byte came there is no time to it")
        .noneMatch(sample -> sample.labels().containsValue("none"));
    assertThat(step(told, "0.5")).isEqualTo(0);
    assertThat(step(told, "1.0")).isEqualTo(1);
    assertThat(value(told, "onebalance_request_seconds_sum", "provider", "openai")).isEqualTo(0.7);
    assertThat(value(told, "onebalance_request_seconds_count", "provider", "none")).isEqualTo(1);
  }

  @Test
  void clients_that_left_and_answers_that_broke_off_have_a_status_of_their_own() {
    meters.heard(
        List.of(
            Entries.of("openai", "gpt-4o", new Entry.Ending(0, Entry.How.LEFT)),
            Entries.of("openai", "gpt-4o", new Entry.Ending(200, Entry.How.CUT))));
    assertThat(samples(told(), "onebalance_requests_total"))
        .extracting(sample -> sample.labels().get("status"))
        .containsExactlyInAnyOrder("0", "cut");
  }

  @Test
  @DisplayName("S24 of one provider 200 models are told apart, all others together")
  void models_are_bounded() {
    var entries = new ArrayList<Entry>();
    for (var model = 0; model < 1000; model++) {
      entries.add(Entries.served("openai", "model-" + model));
      entries.add(Entries.served("groq", "model-1"));
    }
    meters.heard(entries);
    var told = told();
    assertThat(samples(told, "onebalance_requests_total")).hasSize(200 + 1 + 1);
    var other = new String[] {"provider", "openai", "model", "other"};
    assertThat(
            value(told, "onebalance_requests_total", and(other, "kind", "chat", "status", "200")))
        .isEqualTo(800);
    assertThat(value(told, "onebalance_cost_dollars_total", other)).isEqualTo(1);
  }

  @Test
  @DisplayName("S24 providers and verdicts are bounded too")
  void other_words_are_bounded() {
    for (var word = 0; word < 1000; word++) {
      meters.heard(List.of(Entries.served("provider-" + word, "m")));
    }
    assertThat(samples(told(), "onebalance_request_seconds"))
        .extracting(sample -> sample.labels().get("provider"))
        .contains("other")
        .doesNotContain("provider-200");
  }

  @Test
  @DisplayName("S24 what nobody answered to names no label: it may be anything")
  void only_models_that_answered_are_named() {
    var refused = new Entry.Ending(404, Entry.How.WHOLE);
    meters.heard(List.of(Entries.of("openai", "sk-proj-CANARY", refused)));
    assertThat(text()).doesNotContain("CANARY").contains("model=\"other\"");
    meters.heard(List.of(Entries.served("openai", "gpt-5")));
    meters.heard(List.of(Entries.of("openai", "gpt-5", refused)));
    assertThat(text()).contains("model=\"gpt-5\",provider=\"openai\",status=\"404\"");
  }

  @Test
  @DisplayName("S24 no key, id or name gets into a label, whatever member of an entry holds it")
  void no_secret_gets_in() {
    for (var model : List.of(SECRET, "two\nlines CANARY", "{\"CANARY\":1}", "CANARY".repeat(50))) {
      meters.heard(
          List.of(
              new Entry(
                  "CANARY-request",
                  Entries.refused(200).at(),
                  "CANARY-gateway",
                  new Entry.Asked(Entry.Kind.NATIVE, SECRET, false),
                  new Entry.Served("openai", model, "CANARY-key", Entry.Route.DIRECT),
                  new Entry.Ending(200, Entry.How.WHOLE),
                  new Entry.Times(Duration.ofMillis(1), Duration.ofMillis(2)),
                  Entries.served("openai", "m").tokens(),
                  Entries.served("openai", "m").cost(),
                  List.of(Entries.attempt("openai", SECRET)),
                  1,
                  List.of("CANARY"))));
    }
    assertThat(text()).doesNotContain("CANARY").contains("verdict=\"other\"");
  }

  private static List<Double> tokens(Map<String, Family> told, String... model) {
    return List.of("input", "cached", "cache_written", "output", "reasoning").stream()
        .map(kind -> value(told, "onebalance_tokens_total", and(model, "kind", kind)))
        .toList();
  }

  private static double step(Map<String, Family> told, String bound) {
    return value(told, "onebalance_request_seconds_bucket", "provider", "openai", "le", bound);
  }

  private static String[] and(String[] some, String... more) {
    var all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Map<String, Family> told() {
    return ExpositionText.parse(text());
  }

  private String text() {
    return new String(Exposition.of(meters.snapshots(), "").text(), StandardCharsets.UTF_8);
  }
}
