package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what [EntryWriter] packed.
final class EntryReader {
  private static final Entry.Kind[] KINDS = Entry.Kind.values();
  private static final Entry.Route[] ROUTES = Entry.Route.values();
  private static final Entry.How[] HOWS = Entry.How.values();
  private static final Tokens.Source[] SOURCES = Tokens.Source.values();

  private static final int MOST_NANOS = 999_999_999;

  private final Unpacker from;

  private EntryReader(Unpacker from) {
    this.from = from;
  }

  static Placed read(byte[] bytes, long position, Words words) throws Unpacker.Foreign {
    return new EntryReader(new Unpacker(bytes, words)).placed(position);
  }

  private Placed placed(long position) throws Unpacker.Foreign {
    var head = from.octet();
    if ((head & ~EntryWriter.DETAILED) != EntryWriter.VERSION) {
      throw new Unpacker.Foreign("version " + (head & ~EntryWriter.DETAILED));
    }
    var detailed = (head & EntryWriter.DETAILED) != 0;
    var entry = entry(detailed);
    from.end();
    return new Placed(position, entry, detailed);
  }

  private Entry entry(boolean detailed) throws Unpacker.Foreign {
    var at = at();
    var gatewayKey = from.word();
    var asked = new Entry.Asked(from.oneOf(KINDS), from.word(), from.octet() != 0);
    var served = new Entry.Served(from.word(), from.word(), from.word(), from.oneOf(ROUTES));
    var ending = new Entry.Ending(from.upTo(Integer.MAX_VALUE), from.oneOf(HOWS));
    var times = new Entry.Times(span(), span());
    var tokens = tokens();
    var cost = cost();
    var attempted = from.upTo(Integer.MAX_VALUE);
    var requestId = detailed ? from.text() : "";
    var attempts = detailed ? attempts() : List.<Entry.Attempt>of();
    var dropped = detailed ? dropped() : List.<String>of();
    return new Entry(
        requestId,
        at,
        gatewayKey,
        asked,
        served,
        ending,
        times,
        tokens,
        cost,
        attempts,
        attempted,
        dropped);
  }

  private Instant at() throws Unpacker.Foreign {
    var second = from.signed();
    if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
      throw new Unpacker.Foreign("second " + second);
    }
    return Instant.ofEpochSecond(second, from.upTo(MOST_NANOS));
  }

  private Tokens tokens() throws Unpacker.Foreign {
    return new Tokens(
        from.number(),
        from.number(),
        from.number(),
        from.number(),
        from.number(),
        from.oneOf(SOURCES));
  }

  private Optional<Money> cost() throws Unpacker.Foreign {
    var known = from.octet() != 0;
    var nanos = from.signed();
    return known ? Optional.of(new Money(nanos)) : Optional.empty();
  }

  private List<Entry.Attempt> attempts() throws Unpacker.Foreign {
    var many = from.upTo(Entry.MOST_ATTEMPTS);
    var attempts = new ArrayList<Entry.Attempt>(many);
    for (var i = 0; i < many; i++) {
      attempts.add(new Entry.Attempt(from.word(), from.word(), from.word(), span(), span()));
    }
    return attempts;
  }

  private List<String> dropped() throws Unpacker.Foreign {
    var many = from.upTo(EntryWriter.MOST_DROPPED);
    var dropped = new ArrayList<String>(many);
    for (var i = 0; i < many; i++) {
      dropped.add(from.word());
    }
    return dropped;
  }

  private Duration span() throws Unpacker.Foreign {
    return Duration.ofNanos(from.signed());
  }
}
