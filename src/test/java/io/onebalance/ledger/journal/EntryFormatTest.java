package io.onebalance.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryFormatTest {
  private final Words words = new Words();

  private static final Entry BARE =
      new Entry(
          "",
          Instant.EPOCH,
          "",
          new Entry.Asked(Entry.Kind.MODELS, "", false),
          Entry.Served.NOBODY,
          new Entry.Ending(0, Entry.How.LEFT),
          new Entry.Times(Duration.ZERO, Duration.ZERO),
          Tokens.NONE,
          Optional.empty(),
          List.of(),
          0,
          List.of());

  static Stream<Entry> entries() {
    return Stream.of(
        BARE,
        Entries.of("0123456789abcdef"),
        Entries.of("ünïcödé", "模型-🦊"),
        with(Instant.MIN, Duration.ofNanos(-1), new Money(Long.MIN_VALUE), Long.MAX_VALUE),
        with(Instant.MAX, Duration.ofDays(365), new Money(Long.MAX_VALUE), 0),
        new Entry(
            "many",
            Entries.NOON,
            "gk-2",
            new Entry.Asked(Entry.Kind.SOCKET, "live", false),
            new Entry.Served("google-ai-studio", "live", "k", Entry.Route.CACHE),
            new Entry.Ending(599, Entry.How.CUT),
            new Entry.Times(Duration.ZERO, Duration.ofHours(3)),
            new Tokens(1, 2, 3, 4, 5, Tokens.Source.ESTIMATED),
            Optional.of(Money.ZERO),
            Collections.nCopies(
                Entry.MOST_ATTEMPTS,
                new Entry.Attempt("p", "k", "faulted", Duration.ZERO, Duration.ZERO)),
            417,
            List.of("a", "b", "c")));
  }

  private static Entry with(Instant at, Duration first, Money cost, long input) {
    return new Entry(
        "edge",
        at,
        "",
        BARE.asked(),
        BARE.served(),
        BARE.ending(),
        new Entry.Times(first, first),
        new Tokens(input, 0, 0, 0, 0, Tokens.Source.TOLD),
        Optional.of(cost),
        List.of(),
        1,
        List.of());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void what_is_written_is_read_as_it_was(Entry entry) throws Unpacker.Foreign {
    assertThat(EntryReader.read(written(entry, true), 8, words))
        .isEqualTo(new Placed(8, entry, true));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void without_its_details_all_that_counts_is_there(Entry entry) throws Unpacker.Foreign {
    var plain = EntryReader.read(written(entry, false), 8, words);
    assertThat(plain.detailed()).isFalse();
    assertThat(plain.entry())
        .usingRecursiveComparison()
        .ignoringFields("requestId", "attempts", "dropped")
        .isEqualTo(entry);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void what_ends_early_or_goes_on_is_foreign(Entry entry) {
    var whole = written(entry, true);
    for (var length = 0; length < whole.length; length++) {
      var part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> EntryReader.read(part, 8, words))
          .isInstanceOf(Unpacker.Foreign.class);
    }
    var longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> EntryReader.read(longer, 8, words))
        .isInstanceOf(Unpacker.Foreign.class);
  }

  @Test
  void the_largest_entry_fits_a_record() throws Unpacker.Foreign {
    var text = "模".repeat(10_000);
    var attempt = new Entry.Attempt(text, text, text, Duration.ofDays(1), Duration.ofDays(1));
    var large =
        new Entry(
            text,
            Instant.MAX,
            text,
            new Entry.Asked(Entry.Kind.NATIVE, text, true),
            new Entry.Served(text, text, text, Entry.Route.GATEWAY),
            BARE.ending(),
            BARE.times(),
            BARE.tokens(),
            BARE.cost(),
            Collections.nCopies(Entry.MOST_ATTEMPTS, attempt),
            Integer.MAX_VALUE,
            Collections.nCopies(1_000, text));
    var bytes = written(large, true);
    assertThat(bytes).hasSizeLessThanOrEqualTo(Segment.MOST_RECORD);
    var read = EntryReader.read(bytes, 8, words).entry();
    assertThat(read.asked().model()).isEqualTo(text.substring(0, Packer.MOST_TEXT));
    assertThat(read.dropped()).hasSize(EntryWriter.MOST_DROPPED);
  }

  /// Files that an earlier release wrote are read by their order.
  @Test
  void constants_keep_their_numbers() {
    assertThat(Entry.Kind.values())
        .extracting(Enum::name)
        .startsWith(
            "CHAT",
            "RESPONSES",
            "MESSAGES",
            "GENERATE",
            "EMBEDDINGS",
            "COUNT",
            "MODELS",
            "NATIVE",
            "SOCKET");
    assertThat(Entry.Route.values())
        .extracting(Enum::name)
        .startsWith("NONE", "DIRECT", "GATEWAY", "CACHE");
    assertThat(Entry.How.values()).extracting(Enum::name).startsWith("WHOLE", "CUT", "LEFT");
    assertThat(Tokens.Source.values())
        .extracting(Enum::name)
        .startsWith("NONE", "TOLD", "ESTIMATED");
  }

  private static byte[] written(Entry entry, boolean detailed) {
    var packer = new Packer();
    EntryWriter.write(entry, detailed, packer);
    return Arrays.copyOf(packer.bytes(), packer.size());
  }
}
