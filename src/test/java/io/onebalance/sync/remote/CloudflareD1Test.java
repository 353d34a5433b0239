package io.onebalance.sync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Names;
import io.onebalance.sync.Refusal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudflareD1Test {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private FarD1 far;

  @BeforeEach
  void open() throws SQLException {
    far = new FarD1();
  }

  @AfterEach
  void close() throws SQLException {
    far.close();
  }

  private CloudflareD1 at(String database, String token) {
    var names = new Names(Map.of(), Catalogue.builtIn());
    var place = new CloudflareD1.At(far.url(), "acc", database);
    return new CloudflareD1(place, new Secret(token), names, () -> NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llmtest", FarD1.ID})
  void all_rows_are_read_by_name_or_id(String database) throws Exception {
    far.fill("one-balance.sql");
    var reading = at(database, "token").read();
    assertThat(reading.keys()).hasSize(5);
    assertThat(reading.keys().get(1).rests()).hasSize(2);
    assertThat(reading.flaws()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-balance.sql", "thebalance.sql"})
  void keys_are_brought_to_either_schema_and_learn_what_is_new(String dump) throws Exception {
    far.fill(dump);
    var place = at("llmtest", "token");
    var known = place.read().keys();
    var fresh = IntStream.range(0, 40).mapToObj(i -> Carried.bare("groq", "gsk-" + i)).toList();
    assertThat(place.bring(fresh, true)).allMatch(Fate.Added.class::isInstance);
    assertThat(at("llmtest", "token").read().keys()).hasSize(known.size());
    assertThat(at("llmtest", "token").bring(fresh, false)).allMatch(Fate.Added.class::isInstance);
    assertThat(at("llmtest", "token").bring(fresh, false)).allMatch(Fate.Same.class::isInstance);
    var first = known.getFirst();
    var dead =
        new Carried(
            first.provider(),
            first.key(),
            "",
            "",
            0,
            Optional.of("dead"),
            Map.of("m", new Carried.Rest(NOW.getEpochSecond() + 60, 60, "")),
            0,
            0);
    assertThat(at("llmtest", "token").bring(List.of(dead), false))
        .containsExactly(new Fate.Changed(List.of("status", "cooling m")));
    var now = at("llmtest", "token").read().keys().stream();
    assertThat(now.filter(key -> key.identity().equals(first.identity())).findFirst())
        .get()
        .satisfies(key -> {
          assertThat(key.blocked()).isPresent();
          assertThat(key.rests()).containsKey("m");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-balance.sql", "thebalance.sql"})
  @DisplayName("a second run changes nothing, whatever is known of the keys")
  void what_its_schema_cannot_hold_is_no_change(String dump) throws Exception {
    far.fill(dump);
    var full =
        new Carried(
            "groq",
            new Secret("gsk-full"),
            "hers",
            "acme",
            1,
            Optional.of("leaked"),
            Map.of("m", new Carried.Rest(NOW.getEpochSecond() + 60, 60, "full")),
            60,
            1_700_000_000);
    assertThat(at("llmtest", "token").bring(List.of(full), false))
        .containsExactly(new Fate.Added());
    assertThat(at("llmtest", "token").bring(List.of(full), false)).containsExactly(new Fate.Same());
  }

  @Test
  @DisplayName("D38 a provider that has another name there keeps it, and its keys are known by it")
  void keys_under_an_alias_are_known() throws Exception {
    far.fill("thebalance.sql");
    var known = Carried.bare("cerebras", "csk-canary-of-the-other-seed-0002");
    var fresh = Carried.bare("cerebras", "csk-fresh");
    assertThat(at("llmtest", "token").bring(List.of(known, fresh), false))
        .containsExactly(new Fate.Same(), new Fate.Added());
    assertThat(at("llmtest", "token").bring(List.of(known, fresh), false))
        .hasOnlyElementsOfType(Fate.Same.class);
    assertThat(at("llmtest", "token").read().keys())
        .filteredOn(key -> key.key().reveal().startsWith("csk-"))
        .hasSize(2)
        .extracting(Carried::provider)
        .containsOnly("cerebras-ai");
  }

  @Test
  void what_is_refused_is_told() throws SQLException {
    assertThatThrownBy(() -> at("llmtest", "wrong").read())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("403: Authentication error");
    assertThatThrownBy(() -> at("nobody", "token").read())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no D1 database named 'nobody'");
    far.close();
    assertThatThrownBy(() -> at("llmtest", "token").read())
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Refusal.class)
        .hasMessageContaining("does not answer");
  }
}
