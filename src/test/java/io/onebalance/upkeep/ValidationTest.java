package io.onebalance.upkeep;

import static io.onebalance.upkeep.Rig.GOOGLE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.State;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Match;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.upkeep.Examiner.Examined;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
  @TempDir Path dir;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(dir);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<Examined> test(Selection selection) {
    var told = new ArrayList<Examined>();
    rig.validation().test(selection, "", told::add);
    return told;
  }

  private void addMany(int many) {
    var keys =
        IntStream.range(0, many).mapToObj(i -> new NewKey("key-number-" + i, "", "")).toList();
    rig.keyring.add(GOOGLE, keys, Rig.ACTOR);
  }

  @Test
  @DisplayName("D32 any number of keys is tested, each once, and the results are applied")
  void any_number_is_tested_and_the_results_are_applied() {
    addMany(1203);
    rig.script.key("key-number-7", Fault.dead()).key("key-number-1100", Fault.dead());
    var told = test(new Selection.Matching(new Filter(GOOGLE, "", "")));
    assertThat(told).extracting(Examined::keyId).hasSize(1203).doesNotHaveDuplicates();
    var dead = told.stream().filter(one -> !one.finding().passed()).map(Examined::keyId).toList();
    assertThat(dead).hasSize(2);
    assertThat(dead)
        .allSatisfy(id -> assertThat(rig.standing(id).state()).isInstanceOf(State.Blocked.class));
    assertThat(rig.pools.of(GOOGLE).counts(rig.clock.instant()).blocked()).isEqualTo(2);
    assertThat(rig.pools.of(GOOGLE).inFlight()).isZero();
  }

  @Test
  void ids_that_no_key_has_are_passed_over_and_repeated_ones_are_asked_once() {
    var id = rig.add(GOOGLE, "a-key");
    assertThat(test(Rig.ids(id, "nobody", id))).extracting(Examined::keyId).containsExactly(id);
    assertThat(rig.sandbox.seen().count()).isOne();
  }

  @Test
  @DisplayName("D42 no more than eight keys are asked at once")
  void a_round_is_bounded() throws Exception {
    addMany(30);
    var gate = new Gate();
    rig.script.play(Match.ALL, new Fault.Hangs(gate));
    var round = CompletableFuture.supplyAsync(() -> test(new Selection.Matching(Filter.ANY)));
    rig.sandbox.seen().nth(InParallel.AT_ONCE).get(30, SECONDS);
    assertThat(rig.pools.of(GOOGLE).inFlight()).isEqualTo(InParallel.AT_ONCE);
    assertThat(rig.sandbox.seen().count()).isEqualTo(InParallel.AT_ONCE);
    gate.open();
    assertThat(round.get(30, SECONDS)).hasSize(30);
  }

  @Test
  void a_round_ends_when_nobody_listens_any_more() {
    addMany(100);
    var left = new UncheckedIOException(new IOException("the client left"));
    assertThatThrownBy(() ->
            rig.validation()
                .test(
                    new Selection.Matching(Filter.ANY),
                    "",
                    _ -> {
                      throw left;
                    }))
        .isSameAs(left);
    assertThat(rig.sandbox.seen().count()).isLessThanOrEqualTo(InParallel.AT_ONCE);
    assertThat(rig.pools.of(GOOGLE).inFlight()).isZero();
  }
}
