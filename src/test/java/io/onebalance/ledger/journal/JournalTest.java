package io.onebalance.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.files.PrivateFiles;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final int SEGMENT = 128 << 10;
  private static final Journal.Bounds SMALL = new Journal.Bounds(SEGMENT, 8L * SEGMENT);
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir Path temp;

  @Test
  void entries_are_read_in_the_order_in_which_they_were_written() throws IOException {
    try (var journal = Journal.open(dir(), 0)) {
      write(journal, 0, 100);
      assertThat(ids(journal.read(0, ALL))).containsExactlyElementsOf(numbers(0, 100));
    }
  }

  @Test
  void what_is_written_in_brief_counts_and_tells_no_details() throws IOException {
    try (var journal = Journal.open(dir(), 0)) {
      journal.writeInBrief(Entries.of("1"));
      journal.write(Entries.of("2"));
      var kept = journal.read(0, ALL);
      assertThat(kept).extracting(Placed::detailed).containsExactly(false, true);
      assertThat(ids(kept)).containsExactly("", "2");
      assertThat(kept.getFirst().entry().tokens()).isEqualTo(Entries.of("1").tokens());
    }
  }

  @Test
  void reading_goes_on_behind_a_position_and_takes_no_more_than_it_may() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 3_000);
      var seen = new ArrayList<String>();
      var mark = 0L;
      for (var some = journal.read(mark, 7); !some.isEmpty(); some = journal.read(mark, 7)) {
        assertThat(some).hasSizeLessThanOrEqualTo(7);
        seen.addAll(ids(some));
        mark = some.getLast().position();
      }
      assertThat(seen).containsExactlyElementsOf(numbers(0, 3_000));
      assertThat(journal.read(mark + 1_000_000, ALL)).isEmpty();
    }
  }

  @Test
  void whoever_opens_it_again_finds_what_was_not_taken_over() throws IOException {
    long mark;
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 2_000);
      mark = journal.read(0, 700).getLast().position();
    }
    try (var journal = Journal.open(dir(), mark, SMALL)) {
      write(journal, 2_000, 2_100);
      assertThat(ids(journal.read(mark, ALL))).containsExactlyElementsOf(numbers(700, 2_100));
    }
  }

  @Test
  void what_a_killed_process_left_empty_is_looked_through_once() throws IOException {
    try (var killed = Journal.open(dir(), 0, SMALL)) {
      write(killed, 0, 2);
      try (var next = Journal.open(dir(), 0, SMALL)) {
        var mark = next.read(0, ALL).getLast().position();
        assertThat(next.read(mark, ALL)).isEmpty();
        // As nobody does who was killed: only another look behind zeros would find the last.
        write(killed, 2, 4);
        overwrite(
            dir().resolve("%016x.journal".formatted(0)), (int) mark, new byte[(int) mark / 2]);
        assertThat(next.read(mark, ALL)).isEmpty();
        write(next, 4, 5);
        assertThat(ids(next.read(mark, ALL))).containsExactly("4");
      }
    }
  }

  @Test
  void positions_never_come_again_even_when_the_files_are_gone() throws IOException {
    try (var journal = Journal.open(dir(), 5_000_001, SMALL)) {
      write(journal, 0, 1);
      assertThat(journal.read(5_000_001, ALL)).hasSize(1);
      assertThat(journal.read(0, ALL).getFirst().position()).isGreaterThan(5_000_001);
    }
  }

  @Test
  void what_was_taken_over_is_deleted_file_by_file() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 3_000);
      var all = journal.read(0, ALL);
      var before = files().size();
      journal.forget(all.get(1_499).position());
      assertThat(files()).hasSizeBetween(1, before - 1);
      assertThat(ids(journal.read(all.get(1_499).position(), ALL)))
          .containsExactlyElementsOf(numbers(1_500, 3_000));
      journal.forget(all.getLast().position());
      assertThat(files().size()).isLessThanOrEqualTo(2); // the last, and the one made ready
    }
  }

  @Test
  void half_full_it_keeps_no_details_and_full_only_sums() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 20_000);
      var kept = journal.read(0, ALL);
      assertThat(kept).hasSizeBetween(2_000, 19_999);
      var detailed = kept.stream().filter(Placed::detailed).count();
      assertThat(ids(kept.subList(0, (int) detailed)))
          .containsExactlyElementsOf(numbers(0, (int) detailed));
      var sums = sums(journal.takeFolded());
      assertThat(kept.size() + sums.requests()).isEqualTo(20_000);
      assertThat(sum(kept) + sums.input()).isEqualTo(20_000 * 1_200L);
      assertThat(sums.costNanos()).isEqualTo(sums.requests() * 310_200);
      assertThat(journal.takeFolded().cells()).isEmpty();
      assertThat(bytes()).isLessThanOrEqualTo(SMALL.all() + SEGMENT);
      assertThat(journal.behind(0)).isGreaterThanOrEqualTo(kept.getLast().position());
    }
  }

  @Test
  void once_something_was_forgotten_there_is_room_for_details_again() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 20_000);
      var mark = journal.read(0, ALL).getLast().position();
      journal.forget(mark);
      journal.takeFolded();
      write(journal, 20_000, 20_100);
      var after = journal.read(mark, ALL);
      assertThat(after).hasSize(100).allMatch(Placed::detailed);
      assertThat(journal.behind(after.getLast().position())).isZero();
      assertThat(journal.takeFolded().cells()).isEmpty();
    }
  }

  @Test
  void a_disk_without_room_costs_details_and_no_totals() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      Files.createDirectory(dir().resolve("%016x.journal".formatted(SEGMENT)));
      write(journal, 0, 3_000);
      var kept = journal.read(0, ALL);
      assertThat(kept).hasSizeLessThan(3_000);
      assertThat(kept.size() + sums(journal.takeFolded()).requests()).isEqualTo(3_000);
    }
  }

  @Test
  void very_many_cells_are_added_up_by_the_hour() {
    var folding = new Folding();
    IntStream.range(0, 12_000).forEach(i -> folding.add(Entries.of("", "model-" + i)));
    var folded = folding.take();
    assertThat(folded.cells()).hasSize(10_001);
    assertThat(sums(folded).requests()).isEqualTo(12_000);
    var hour = Entries.NOON.getEpochSecond() / 3600 * 60;
    assertThat(folded.cells())
        .hasEntrySatisfying(
            new Folded.Cell(hour, "", "", "", ""),
            rest -> assertThat(rest.requests()).isEqualTo(2_000));
  }

  @Test
  void what_is_added_up_counts_when_it_ended_and_is_unpriced_only_with_tokens() {
    var folding = new Folding();
    var usual = Entries.of("1");
    var late = new Entry.Times(Duration.ZERO, Duration.ofMinutes(10));
    folding.add(withoutCost(usual, late, usual.tokens()));
    folding.add(withoutCost(usual, late, Tokens.NONE));
    var cells = folding.take().cells();
    assertThat(cells.keySet())
        .extracting(Folded.Cell::minute)
        .containsExactly(Entries.NOON.getEpochSecond() / 60 + 10);
    assertThat(cells.values())
        .singleElement()
        .satisfies(sums -> {
          assertThat(sums.requests()).isEqualTo(2);
          assertThat(sums.unpriced()).isEqualTo(1);
        });
  }

  private static Entry withoutCost(Entry of, Entry.Times times, Tokens tokens) {
    return new Entry(
        of.requestId(),
        of.at(),
        of.gatewayKey(),
        of.asked(),
        of.served(),
        of.ending(),
        times,
        tokens,
        Optional.empty(),
        of.attempts(),
        of.attempted(),
        of.dropped());
  }

  @Test
  void several_threads_write_and_one_reads_meanwhile() throws Exception {
    try (var journal = Journal.open(dir(), 0, new Journal.Bounds(SEGMENT, 64L << 20))) {
      var threads =
          IntStream.range(0, 4)
              .mapToObj(t -> Thread.ofPlatform().start(() -> writeAs(journal, t)))
              .toList();
      var seen = new ArrayList<String>();
      var mark = 0L;
      var done = false;
      for (var more = true; more; more = !done || !journal.read(mark, 1).isEmpty()) {
        done = threads.stream().noneMatch(Thread::isAlive);
        var some = journal.read(mark, 100);
        seen.addAll(ids(some));
        mark = some.isEmpty() ? mark : some.getLast().position();
        journal.forget(mark);
      }
      assertThat(new HashSet<>(seen)).hasSize(20_000);
      for (var t = 0; t < 4; t++) {
        var end = "-" + t;
        assertThat(seen.stream().filter(id -> id.endsWith(end)))
            .containsExactlyElementsOf(numbers(0, 5_000).stream().map(n -> n + end).toList());
      }
    }
  }

  private static void writeAs(Journal journal, int thread) {
    for (var i = 0; i < 5_000; i++) {
      journal.write(Entries.of(i + "-" + thread));
    }
  }

  @Test
  @DisplayName("P16 killed ten times while four threads write, no entry that was written is lost")
  void killed_it_loses_nothing() throws IOException {
    var chance = new Random(5);
    var written = new HashSet<String>();
    for (var kill = 0; kill < 10; kill++) {
      try (var child = Child.writing(dir(), kill * 1_000_000)) {
        written.addAll(child.read(1 + chance.nextInt(3_000)));
        child.kill();
        written.addAll(child.read(ALL));
      }
    }
    try (var journal = Journal.open(dir(), 0)) {
      var found = ids(journal.read(0, ALL));
      assertThat(found).doesNotHaveDuplicates();
      assertThat(new HashSet<>(found)).containsAll(written);
      assertThat(found.size() - written.size()).isBetween(0, 10 * 4); // written, not yet told
    }
  }

  @Test
  void bytes_that_are_no_entry_are_left_out_wherever_they_are() throws IOException {
    var chance = new Random(6);
    for (var round = 0; round < 40; round++) {
      var dir = temp.resolve("damaged-" + round);
      int length;
      try (var journal = Journal.open(dir, 0, SMALL)) {
        write(journal, 0, 300);
        length = (int) journal.read(0, ALL).getLast().position();
      }
      var noise = new byte[1 + chance.nextInt(200)];
      if (round % 2 == 0) {
        chance.nextBytes(noise);
      }
      overwrite(dir.resolve("%016x.journal".formatted(0)), chance.nextInt(length), noise);
      try (var journal = Journal.open(dir, 0, SMALL)) {
        write(journal, 300, 310);
        var found = ids(journal.read(0, ALL));
        assertThat(found).isSubsetOf(numbers(0, 310)).hasSizeGreaterThan(300);
        assertThat(found).containsAll(numbers(300, 310));
      }
    }
  }

  @Test
  void a_record_at_another_place_than_its_own_is_foreign() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 10);
    }
    var file = dir().resolve("%016x.journal".formatted(0));
    Files.move(file, dir().resolve("%016x.journal".formatted(SEGMENT)));
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 10, 11);
      assertThat(ids(journal.read(0, ALL))).containsExactly("10");
    }
  }

  @Test
  void other_files_in_the_directory_are_left_alone() throws IOException {
    PrivateFiles.makeDirectory(dir());
    var note = Files.writeString(dir().resolve("README"), "mine");
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 1);
    }
    assertThat(note).hasContent("mine");
  }

  @Test
  void only_the_owner_may_read_it() throws IOException {
    try (var journal = Journal.open(dir(), 0, SMALL)) {
      write(journal, 0, 2_000);
      for (var file : files()) {
        assertThat(PrivateFiles.othersMayUse(file)).isFalse();
      }
      assertThat(PrivateFiles.othersMayUse(dir())).isFalse();
    }
  }

  @Test
  void closed_it_takes_no_more_room_than_its_entries_and_adds_up_what_comes_late()
      throws IOException {
    var journal = Journal.open(dir(), 0);
    write(journal, 0, 10);
    journal.close();
    assertThat(bytes()).isLessThan(10 * 300);
    journal.write(Entries.of("late"));
    assertThat(sums(journal.takeFolded()).requests()).isEqualTo(1);
  }

  private Path dir() {
    return temp.resolve("ledger");
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(dir())) {
      return files.filter(file -> file.toString().endsWith(".journal")).toList();
    }
  }

  private long bytes() throws IOException {
    var sum = 0L;
    for (var file : files()) {
      sum += Files.size(file);
    }
    return sum;
  }

  private static void write(Journal journal, int from, int to) {
    IntStream.range(from, to).forEach(i -> journal.write(Entries.of(Integer.toString(i))));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> ids(List<Placed> placed) {
    return placed.stream().map(Placed::entry).map(Entry::requestId).toList();
  }

  private static long sum(List<Placed> placed) {
    return placed.stream().mapToLong(one -> one.entry().tokens().input()).sum();
  }

  private static Folded.Sums sums(Folded folded) {
    return folded.cells().values().stream().reduce(Folded.Sums::plus).orElseThrow();
  }

  private static void overwrite(Path file, int at, byte[] noise) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), at);
    }
  }
}
