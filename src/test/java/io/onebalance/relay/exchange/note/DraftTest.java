package io.onebalance.relay.exchange.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.route.Endpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DraftTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final List<Entry> told = new ArrayList<>();
  private Instant now = NOON;
  private final Drafts drafts = new Drafts(() -> now, told::add, new Whys());

  @Test
  @DisplayName("F68 where the clock is set back meanwhile, nothing took less than no time")
  void a_clock_that_is_set_back() {
    var draft = drafts.begin("r1", Endpoint.parse("POST", "/v1/chat/completions", ""), now);
    var began = now;
    now = NOON.minus(Duration.ofDays(1));
    draft.attempted(Entry.Served.NOBODY, "served", began);
    draft.attempted(Entry.Served.NOBODY, "served", now);
    draft.begins(HttpHeaders.headers(), true);
    draft.close(200, Entry.How.WHOLE);
    var entry = told.getFirst();
    assertThat(entry.times()).isEqualTo(new Entry.Times(Duration.ZERO, Duration.ZERO));
    assertThat(entry.attempts())
        .allSatisfy(attempt -> {
          assertThat(attempt.after()).isZero();
          assertThat(attempt.took()).isZero();
        });
  }

  @Test
  @DisplayName("P16 the end is said before the last byte of a told length goes")
  void the_last_byte() {
    var heard = new ArrayList<String>();
    var beside = new Noted(heard);
    var witness = new LastByte("5", beside, () -> heard.add("the end"));
    witness.told(Buffer.buffer("12"));
    witness.told(Buffer.buffer("34"));
    assertThat(heard).containsExactly("12", "34");
    witness.told(Buffer.buffer("5"));
    witness.toldAll();
    assertThat(heard).containsExactly("12", "34", "5", "the end", "all");
  }

  @Test
  void a_length_that_is_no_number_is_never_reached() {
    for (var length : List.of("", "-1", "x", "99999999999999999999")) {
      var heard = new ArrayList<String>();
      new LastByte(length, null, () -> heard.add("the end")).told(Buffer.buffer("12345"));
      assertThat(heard).as(length).isEmpty();
    }
  }

  private record Noted(List<String> heard) implements Witness {
    @Override
    public void told(Buffer bytes) {
      heard.add(bytes.toString());
    }

    @Override
    public void toldAll() {
      heard.add("all");
    }
  }
}
