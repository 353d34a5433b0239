package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Ask;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The choice for a request that names a resource.
class ScopeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void of_a_named_resource_its_own_keys_alone_are_given_in_turn() {
    var stage = new Stage(others(100));
    Stream.of("p0", "p1", "p2").forEach(id -> stage.add(ofProject(id)));
    var ask = Ask.of(Stage.MODEL).within("project");
    var given =
        Stream.generate(() -> Stage.slot(stage.pool.choose(ask, stage.now)).key().id()).limit(9);
    assertThat(given.toList()).containsOnly("p0", "p1", "p2").hasSize(9);
    assertThat(stage.pool.choose(ask.within("other"), stage.now)).isInstanceOf(Choice.None.class);

    stage.settle("p0", Stage.limited(Duration.ofMinutes(5)));
    stage.settle("p1", Stage.limited(Duration.ofMinutes(3)));
    var last = ask.without(Set.of("p2"));
    assertThat(stage.pool.choose(last, stage.now))
        .isInstanceOfSatisfying(
            Choice.Wait.class,
            wait ->
                assertThat(wait.rest()).isBetween(MINUTE.multipliedBy(3), MINUTE.multipliedBy(4)));
    stage.pass(MINUTE.multipliedBy(4));
    assertThat(Stage.slot(stage.pool.choose(last, stage.now)).key().id()).isEqualTo("p1");
    assertThat(stage.pool.choose(last, stage.now))
        .isEqualTo(new Choice.Wait(Duration.ofSeconds(1)));

    Stream.of("p0", "p1", "p2").forEach(stage.pool::remove);
    stage.add(Keys.key("k100")); // has the number of one that left
    assertThat(stage.pool.hasScope("project")).isFalse();
    assertThat(stage.pool.choose(ask, stage.now)).isInstanceOf(Choice.None.class);
  }

  @Test
  void keys_of_a_named_resource_are_probed_and_wait_for_room_as_others_do() {
    var stage = new Stage(others(10));
    stage.add(ofProject("p0"));
    var ask = Ask.of(Stage.MODEL).within("project");
    stage.settle("p0", Stage.SERVED);
    stage.pass(Duration.ofMinutes(2));
    stage.settle("p0", Stage.limited(Duration.ofSeconds(30)));
    assertThat(stage.pool.choose(ask, stage.now)).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofSeconds(34));
    stage.settle(Stage.slot(stage.pool.choose(ask, stage.now)), Stage.daily(Duration.ofHours(8)));
    assertThat(stage.pool.choose(ask, stage.now)).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofMinutes(16));
    assertThat(Stage.slot(stage.pool.choose(ask, stage.now)).key().id()).isEqualTo("p0");
  }

  private static String[] others(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
  }

  private static ApiKey ofProject(String id) {
    var secret = new Secret("{\"project_id\":\"project\",\"id\":\"%s\"}".formatted(id));
    return new ApiKey(id, "google", secret, "", "", 1, Instant.EPOCH);
  }
}
