package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Cooling;
import io.onebalance.key.Counts;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.keyring.Arrivals.Arriving;
import io.onebalance.store.keyring.Arrivals.Fate;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.standing.StandingWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances on one PostgreSQL; each looks only when it is told to.
class TogetherTest {
  @TempDir Path dir;
  private Rig one;
  private Rig two;

  @BeforeEach
  void open() throws Exception {
    one = Rig.in(Store.POSTGRESQL, dir);
    two = one.another(dir.resolve("two"));
  }

  @AfterEach
  void close() {
    two.close();
    one.close();
  }

  private static void look(Rig... rigs) {
    for (var rig : rigs) {
      rig.keyring.following().catchUp();
    }
  }

  private static Standing resting(long seconds) {
    var until = Rig.START.plusSeconds(seconds);
    return new Standing(
        State.ACTIVE,
        Map.of("m", new Cooling(until, Duration.ofSeconds(seconds), "429", 1)),
        Duration.ofSeconds(seconds),
        Health.NEW);
  }

  @Test
  @DisplayName("P18 keys that are added, edited, blocked and deleted are so everywhere")
  void edits() {
    var id = one.add("groq", "gsk-one");
    look(two);
    assertThat(two.secrets()).containsExactly("gsk-one");
    assertThat(two.pools.of("groq").keys()).hasSize(1);

    one.keyring.patch(
        id,
        new Patch(Optional.empty(), Optional.of("mine"), Optional.of(7), Optional.of("acme")),
        "me");
    one.keyring.block(Rig.ids(id), "leaked", "me");
    look(two);
    assertThat(two.pools.of("groq").keys().getFirst())
        .extracting("remark", "weight", "account")
        .containsExactly("mine", 7, "acme");
    assertThat(two.standing(id).state()).isInstanceOf(State.Blocked.class);

    two.keyring.unblock(Rig.ids(id), "me");
    look(one);
    assertThat(one.standing(id).state()).isEqualTo(State.ACTIVE);

    two.keyring.delete(Rig.ids(id), "me");
    look(one);
    assertThat(one.pools.of("groq").keys()).isEmpty();
    assertThat(one.keyring.audit().firstFlaw()).isEmpty();
  }

  @Test
  @DisplayName("F80 both learn of a rest: the longer one counts at both, whoever writes first")
  void two_rests() {
    var id = one.add("groq", "gsk-one");
    look(two);
    one.learn(id, resting(60));
    two.learn(id, resting(90));
    one.keyring.flush();
    two.keyring.flush();
    look(one, two);
    for (var rig : List.of(one, two)) {
      assertThat(rig.standing(id).coolings())
          .hasEntrySatisfying(
              "m", it -> assertThat(it.until()).isEqualTo(Rig.START.plusSeconds(90)));
    }
  }

  @Test
  void a_rest_that_one_ends_is_over_for_both() {
    var id = one.add("groq", "gsk-one");
    look(two);
    one.learn(id, resting(60));
    one.keyring.flush();
    look(two);
    assertThat(two.standing(id).coolings()).containsKey("m");
    two.keyring.reset(Rig.ids(id), "me");
    look(one);
    assertThat(one.standing(id).coolings()).isEmpty();
    one.database.changes().accept(id);
    one.keyring.flush();
    look(two);
    assertThat(two.standing(id).coolings()).isEmpty();
  }

  @Test
  @DisplayName("F78 what both learnt while one was cut off is kept, at both")
  void learnt_apart() {
    var ids = List.of(one.add("groq", "gsk-one"), one.add("groq", "gsk-two"));
    look(two);
    one.learn(ids.get(0), resting(60));
    one.keyring.flush();
    two.learn(ids.get(1), resting(70));
    two.pools.of("groq").block(ids.get(0), "invalid", Rig.START);
    look(two);
    two.keyring.flush();
    look(one);
    for (var rig : List.of(one, two)) {
      assertThat(rig.standing(ids.get(0)).state()).isInstanceOf(State.Blocked.class);
      assertThat(rig.standing(ids.get(0)).coolings()).containsKey("m");
      assertThat(rig.standing(ids.get(1)).coolings()).containsKey("m");
    }
  }

  @Test
  @DisplayName("F80 what is learnt while a merge is being written is not overwritten by it")
  void learnt_meanwhile() {
    var id = one.add("groq", "gsk-one");
    look(two);
    two.learn(id, resting(60));
    two.keyring.flush();
    var changes = new Changes();
    var writer = new StandingWriter(changes, one.pools, one.clock);
    writer.knows(id, "groq");
    changes.accept(id);
    var batch = writer.next().orElseThrow();
    one.database.write(handle -> {
      batch.write().accept(handle);
      return true;
    });
    one.pools.of("groq").block(id, "invalid", Rig.START);
    batch.done().run();
    var known = one.pools.of("groq").standing(id, Rig.START).orElseThrow();
    assertThat(known.state()).isInstanceOf(State.Blocked.class);
    assertThat(known.coolings()).containsKey("m");
    one.keyring.flush();
    look(two);
    assertThat(two.standing(id).state()).isInstanceOf(State.Blocked.class);
  }

  @Test
  @DisplayName(
      "P18 F80 an import ends neither a block nor a rest that another instance wrote just now")
  void an_import_meanwhile() {
    var ids = List.of(one.add("groq", "gsk-one"), one.add("groq", "gsk-two"));
    look(two);
    one.keyring.block(Rig.ids(ids.get(0)), "leaked", "me");
    one.learn(ids.get(1), resting(60));
    one.keyring.flush();
    var fates =
        two.keyring
            .arrivals()
            .take(List.of(withRemark("gsk-one"), withRemark("gsk-two")), "another");
    assertThat(fates).containsOnly(new Fate.Changed(List.of("remark")));
    look(one, two);
    for (var rig : List.of(one, two)) {
      assertThat(rig.standing(ids.get(0)).state()).isInstanceOf(State.Blocked.class);
      assertThat(rig.standing(ids.get(1)).coolings()).containsKey("m");
      assertThat(rig.pools.of("groq").keys()).extracting("remark").containsOnly("from elsewhere");
    }
  }

  private static Arriving withRemark(String key) {
    var words = new NewKey(key, "from elsewhere", "");
    return new Arriving("groq", words, 0, Standing.NEW, Optional.empty());
  }

  @Test
  @DisplayName("S6 a row that is damaged while both serve takes its key out of use at both")
  void damaged_meanwhile() {
    var id = one.add("groq", "gsk-one");
    look(two);
    one.outside("UPDATE keys SET key = 'torn' WHERE id = '" + id + "'");
    look(one, two);
    for (var rig : List.of(one, two)) {
      assertThat(rig.pools.of("groq").keys()).isEmpty();
      assertThat(rig.keyring.counts().get("groq")).isNotNull().returns(1, Counts::total);
    }
    one.keyring.delete(Rig.ids(id), "me");
    one.add("groq", "gsk-one");
    look(one, two);
    assertThat(two.pools.of("groq").keys()).hasSize(1);
    assertThat(two.keyring.counts().get("groq")).isNotNull().returns(1, Counts::total);
  }

  @Test
  @DisplayName("P19 edits of several instances at once leave one audit log without a flaw")
  void edits_at_once() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      var work =
          List.of(one, two).stream()
              .<Callable<Boolean>>map(rig ->
                  () -> {
                    IntStream.range(0, 50)
                        .forEach(i ->
                            rig.keyring.add("groq", List.of(Rig.key("gsk-" + rig.dir + i)), "me"));
                    return true;
                  })
              .toList();
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    look(one, two);
    assertThat(one.keyring.audit().firstFlaw()).isEmpty();
    assertThat(one.keyring.audit().newest(Long.MAX_VALUE, 1000)).hasSize(100);
    assertThat(one.pools.of("groq").size()).isEqualTo(100);
    assertThat(two.pools.of("groq").size()).isEqualTo(100);
  }

  @Test
  void a_resource_made_at_one_belongs_to_its_key_at_the_other() {
    var here = ResourceTable.open(one.database);
    var there = ResourceTable.open(two.database);
    here.made("openai", "file-1", "key-a");
    one.keyring.flush();
    there.catchUp(two.database);
    assertThat(there.keyOf("openai", "file-1")).contains("key-a");
  }

  @Test
  @DisplayName("F65 an instance with another master key refuses, and changes nothing")
  void another_master_key() throws Exception {
    var third = Files.createDirectories(dir.resolve("three"));
    assertThatThrownBy(() -> one.stranger(third))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("master key is missing");
    Files.writeString(third.resolve("master.key"), "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=");
    Files.setPosixFilePermissions(
        third.resolve("master.key"), PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> one.stranger(third))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("not the one");
  }
}
