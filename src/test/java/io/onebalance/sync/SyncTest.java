package io.onebalance.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SyncTest {
  private final List<String> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  /// A place in memory; what is put into `troubles` is thrown first.
  private static final class Shelf implements Place {
    private final List<Carried> keys = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private final Deque<IOException> troubles = new ArrayDeque<>();
    private final List<Integer> pieces = new ArrayList<>();
    private int atOnce = 500;
    private int refused;

    @Override
    public String name() {
      return "a shelf";
    }

    @Override
    public Reading read() throws IOException {
      fail();
      return new Reading(keys, flaws);
    }

    @Override
    public List<Fate> bring(List<Carried> brought, boolean dry) throws IOException {
      fail();
      pieces.add(brought.size());
      var fates = new ArrayList<Fate>();
      for (var key : brought) {
        var had = keys.stream().anyMatch(one -> one.identity().equals(key.identity()));
        var refuses = refused-- > 0;
        fates.add(refuses ? new Fate.Failed("too odd") : had ? new Fate.Same() : new Fate.Added());
        if (!refuses && !had && !dry) {
          keys.add(key);
        }
      }
      return fates;
    }

    private void fail() throws IOException {
      var trouble = troubles.poll();
      if (trouble != null) {
        throw trouble;
      }
    }

    @Override
    public int atOnce() {
      return atOnce;
    }
  }

  private final Shelf source = new Shelf();
  private final Shelf target = new Shelf();

  private Report run(boolean dry) throws IOException, InterruptedException {
    var names = new Names(Map.of("mine", "openai"), Catalogue.builtIn());
    return new Sync(new Sync.Terms(names, _ -> true, dry), pauses::add, told::add)
        .run(source, target);
  }

  private void stock(int count) {
    IntStream.range(0, count)
        .mapToObj(i -> Carried.bare("openai", "sk-canary-of-the-shelf-%06d".formatted(i)))
        .forEach(source.keys::add);
  }

  @Test
  void a_second_round_changes_nothing() throws Exception {
    stock(3);
    assertThat(run(false).told()).isEqualTo("3 added, 0 changed, 0 same, 0 skipped, 0 failed");
    assertThat(told).containsExactly("+ openai …0000", "+ openai …0001", "+ openai …0002");
    told.clear();
    assertThat(run(false).isQuiet()).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void a_dry_run_tells_the_same_and_brings_nothing() throws Exception {
    stock(2);
    assertThat(run(true).added()).isEqualTo(2);
    assertThat(target.keys).isEmpty();
  }

  @Test
  @DisplayName("D38 names that other programs have for a provider are those of here")
  void providers_are_called_as_here() throws Exception {
    for (var name : List.of("cerebras-ai", "gemini", "xai", "mine", "unheard-of")) {
      source.keys.add(Carried.bare(name, "k"));
    }
    source.keys.add(Carried.bare("google", "k"));
    run(false);
    assertThat(target.keys)
        .extracting(Carried::provider)
        .containsExactly("cerebras", "google-ai-studio", "grok", "openai", "unheard-of");
  }

  @Test
  @DisplayName("D38 keys go in pieces, and a piece that fails for a while is tried again")
  void pieces_are_tried_again() throws Exception {
    stock(7);
    target.atOnce = 3;
    target.troubles.add(new IOException("busy"));
    target.troubles.add(new IOException("busy"));
    var report = run(false);
    assertThat(report.added()).isEqualTo(7);
    assertThat(target.pieces).containsExactly(3, 3, 1);
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("D38 what fails is told and counted, and the rest goes on")
  void a_piece_that_fails_does_not_keep_the_rest() throws Exception {
    stock(4);
    target.atOnce = 2;
    target.troubles.add(new Refusal("no room for sk-canary-of-the-shelf-000001"));
    var report = run(false);
    assertThat(report.told()).isEqualTo("2 added, 0 changed, 0 same, 0 skipped, 2 failed");
    assertThat(report.isWhole()).isFalse();
    assertThat(pauses).isEmpty();
    assertThat(told.getFirst()).startsWith("! openai …0000: no room for ").doesNotContain("canary");
  }

  @Test
  void after_three_lost_pieces_the_others_are_not_tried() throws Exception {
    stock(10);
    target.atOnce = 2;
    for (var i = 0; i < 20; i++) {
      target.troubles.add(new IOException("away"));
    }
    assertThat(run(false).failed()).isEqualTo(10);
    assertThat(target.troubles).hasSize(5);
    assertThat(told.getLast()).contains("not tried any more");
  }

  @Test
  @DisplayName("D38 a target that refuses key after key is there, and is brought the rest")
  void refused_keys_do_not_keep_the_rest() throws Exception {
    stock(10);
    target.atOnce = 2;
    target.refused = 8;
    assertThat(run(false).told()).isEqualTo("2 added, 0 changed, 0 same, 0 skipped, 8 failed");
    assertThat(target.pieces).hasSize(5);
    assertThat(told).noneMatch(line -> line.contains("not tried any more"));
  }

  @Test
  void a_source_that_cannot_be_read_fails_the_round() {
    source.troubles.add(new Refusal("closed"));
    assertThatThrownBy(() -> run(false)).isInstanceOf(Refusal.class);
  }

  @Test
  void what_the_source_cannot_tell_is_counted() throws Exception {
    stock(1);
    source.flaws.add("line 7 has no key");
    var report = run(false);
    assertThat(report.isWhole()).isFalse();
    assertThat(report.told()).endsWith("0 failed, 1 unreadable");
    assertThat(told).contains("! line 7 has no key");
  }
}
