package io.onebalance.console.pages.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.OpenConsole;
import io.onebalance.key.why.Crowd;
import io.onebalance.key.why.How;
import io.onebalance.key.why.Keeps;
import io.onebalance.key.why.Other;
import io.onebalance.key.why.Taken;
import io.onebalance.key.why.Why;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Entry.Asked;
import io.onebalance.ledger.Entry.Attempt;
import io.onebalance.ledger.Entry.Ending;
import io.onebalance.ledger.Entry.Kind;
import io.onebalance.ledger.Entry.Route;
import io.onebalance.ledger.Entry.Served;
import io.onebalance.ledger.Entry.Times;
import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.store.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests of the log as pages show them.
class RequestPagesTest {
  @TempDir Path dir;
  private OpenConsole open;
  private Journal journal;
  private String cookie = "";
  private String caller = "";
  private String key = "";

  @BeforeEach
  void open() throws IOException {
    open = OpenConsole.in(dir);
    cookie = open.cookie();
    caller = open.grants.defined().getFirst().grant().id();
    key = open.add("openai", "sk-0123456789abcdefTAIL").getFirst();
    journal = Journal.open(dir.resolve("ledger"), 0);
    HistoryWriter.on(open.database, journal);
    for (var i = 1; i <= 100; i++) {
      journal.write(entry("r" + i, i));
    }
    open.database.behind().flush();
  }

  @AfterEach
  void close() throws IOException {
    open.close();
    journal.close();
  }

  /// The first one ended a hundred minutes ago and took 10 ms, the last one just now and took 1 s.
  private Entry entry(String id, int number) {
    var gone = new Attempt("openai", "key-that-was-deleted", "no-access", Duration.ZERO, millis(2));
    var asked = new Attempt("openai", key, "served", millis(2), millis(number * 9));
    return new Entry(
        id,
        open.now.minus(Duration.ofMinutes(100 - number)),
        caller,
        new Asked(Kind.CHAT, "gpt-4o", true),
        new Served("openai", "gpt-4o", key, Route.DIRECT),
        new Ending(200, Entry.How.WHOLE),
        new Times(millis(number), millis(number * 10)),
        new Tokens(10, 0, 0, 5, 0, Tokens.Source.ESTIMATED),
        Optional.empty(),
        List.of(gone, asked),
        2,
        List.of());
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  private String page(String path) {
    return open.get(path).cookie(cookie).text();
  }

  @Test
  void the_log_is_searched_by_time() {
    var page = page("/requests?from=2026-03-01T11:00&to=2026-03-01T11:02");

    assertThat(page.split("<td class=\"name\">", -1)).hasSize(3);
    assertThat(page)
        .contains("value=\"2026-03-01T11:00\"")
        .contains("/requests/r40")
        .contains("/requests/r41")
        .doesNotContain("/requests/r42")
        .contains("from=2026-03-01T11%3A00%3A00Z&amp;to=2026-03-01T11%3A02%3A00Z");
    assertThat(page("/requests?from=2026-03-01T12:00").split("<td class=\"name\">", -1)).hasSize(2);
    assertThat(page("/requests?to=2026-03-01T10:00"))
        .contains("No request of the log is like that");
  }

  @Test
  void the_log_is_searched_by_key() {
    assertThat(page("/requests?key_id=" + key))
        .contains("/requests/r100", "name=\"key_id\" value=\"" + key + "\"")
        .contains("/api/requests?format=csv&amp;key_id=" + key);
    assertThat(page("/requests?key_id=another")).contains("No request of the log is like that");
  }

  @Test
  void a_request_names_who_asked_and_whose_keys_were_asked() {
    assertThat(page("/requests")).contains("<bdi>key-1</bdi>").doesNotContain(">" + caller + "<");
    assertThat(page("/requests/r7"))
        .contains(">key-1<")
        .contains(">…TAIL<")
        .contains(">…-deleted<")
        .contains(">no access<")
        .contains(">estimated<")
        .contains(">chat, streamed<");
  }

  @Test
  void a_request_tells_why_this_key_and_not_another() {
    var elsewhere = open.add("groq", "gsk_0123456789abcdef").getFirst();
    open.whys
        .ring()
        .keep(
            "r9",
            List.of(
                new Why(
                    open.now,
                    "gpt-4o",
                    new Taken(key, How.TURN, 2, List.of()),
                    new Crowd(2, 1, 1, 0),
                    List.of(
                        new Other("key-that-was-deleted", new Keeps.Quota(20_000), List.of()),
                        new Other(elsewhere, new Keeps.Quota(10_000), List.of())))));

    assertThat(page("/requests/r9"))
        .as("a place may be led to by keys of several providers")
        .contains("/keys/groq/" + elsewhere, "/keys/openai/" + key)
        .contains("was ready and had its turn, 2 in flight")
        .contains("2 keys: 1 ready, 1 without room, 0 blocked")
        .contains("has no room left for another 20s");
    assertThat(page("/requests/r8")).contains("Not known any more");
  }

  @Test
  void the_overview_tells_what_few_exceeded() {
    assertThat(page("/?range=24h"))
        .containsPattern(
            "First byte p50</dt><dd>50\u00a0ms<small>p95\u00a095\u00a0ms, p99\u00a099\u00a0ms")
        .containsPattern(
            "Total time p50</dt><dd>500\u00a0ms<small>p95\u00a0950\u00a0ms,"
                + " p99\u00a0990\u00a0ms");
    assertThat(page("/?range=24h&by=gateway_key")).contains("&#34;key-1&#34;");
  }
}
