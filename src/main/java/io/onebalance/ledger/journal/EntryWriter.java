package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;

/// Packs an entry, as version 1 of the format: what every entry has, and behind it what only a
/// detailed one has. Enums go by their order, so new constants come last.
final class EntryWriter {
  static final int VERSION = 1;
  static final int DETAILED = 0x80;

  static final int MOST_DROPPED = 32;

  private EntryWriter() {}

  static void write(Entry entry, boolean detailed, Packer to) {
    to.octet(detailed ? VERSION | DETAILED : VERSION);
    at(entry.at(), to);
    to.word(entry.gatewayKey());
    asked(entry.asked(), to);
    served(entry.served(), to);
    to.number(entry.ending().status());
    choice(entry.ending().how(), to);
    span(entry.times().firstByte(), to);
    span(entry.times().total(), to);
    tokens(entry.tokens(), to);
    to.octet(entry.cost().isPresent() ? 1 : 0);
    to.signed(entry.cost().isPresent() ? entry.cost().get().nanos() : 0);
    to.number(entry.attempted());
    if (detailed) {
      details(entry, to);
    }
  }

  private static void at(Instant at, Packer to) {
    to.signed(at.getEpochSecond());
    to.number(at.getNano());
  }

  @SuppressWarnings("EnumOrdinal") // short, and a test holds the constants to their numbers
  private static void choice(Enum<?> choice, Packer to) {
    to.number(choice.ordinal());
  }

  private static void asked(Entry.Asked asked, Packer to) {
    choice(asked.kind(), to);
    to.word(asked.model());
    to.octet(asked.stream() ? 1 : 0);
  }

  private static void served(Entry.Served served, Packer to) {
    to.word(served.provider());
    to.word(served.model());
    to.word(served.keyId());
    choice(served.route(), to);
  }

  private static void tokens(Tokens tokens, Packer to) {
    to.number(tokens.input());
    to.number(tokens.cached());
    to.number(tokens.cacheWritten());
    to.number(tokens.output());
    to.number(tokens.reasoning());
    choice(tokens.source(), to);
  }

  private static void details(Entry entry, Packer to) {
    to.text(entry.requestId());
    to.number(entry.attempts().size());
    for (var attempt : entry.attempts()) {
      to.word(attempt.provider());
      to.word(attempt.keyId());
      to.word(attempt.verdict());
      span(attempt.after(), to);
      span(attempt.took(), to);
    }
    var dropped = Math.min(entry.dropped().size(), MOST_DROPPED);
    to.number(dropped);
    for (var i = 0; i < dropped; i++) {
      to.word(entry.dropped().get(i));
    }
  }

  private static void span(Duration span, Packer to) {
    to.signed(span.toNanos());
  }
}
