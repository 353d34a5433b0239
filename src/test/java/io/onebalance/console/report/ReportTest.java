package io.onebalance.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Entry.Asked;
import io.onebalance.ledger.Entry.Attempt;
import io.onebalance.ledger.Entry.Ending;
import io.onebalance.ledger.Entry.How;
import io.onebalance.ledger.Entry.Kind;
import io.onebalance.ledger.Entry.Route;
import io.onebalance.ledger.Entry.Served;
import io.onebalance.ledger.Entry.Times;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.store.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  @TempDir Path dir;
  private OpenConsole open;
  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    open = OpenConsole.in(dir);
    journal = Journal.open(dir.resolve("ledger"), 0);
    HistoryWriter.on(open.database, journal);
    journal.write(entry("one", "gpt-4o", Optional.of(new Money(1_500_499)), 200));
    journal.write(entry("two", "gpt-4o", Optional.empty(), 200));
    journal.write(entry("three", "=HYPERLINK(\"x\")", Optional.of(new Money(1)), 429));
    open.database.behind().flush();
  }

  @AfterEach
  void close() throws IOException {
    open.close();
    journal.close();
  }

  private Entry entry(String id, String model, Optional<Money> cost, int status) {
    var took = new Attempt("openai", "k-1", "served", Duration.ofMillis(2), Duration.ofMillis(90));
    var limited = new Attempt("openai", "k-0", "limited", Duration.ZERO, Duration.ofMillis(2));
    return new Entry(
        id,
        open.now.minusSeconds(60),
        "caller",
        new Asked(Kind.CHAT, "fast", true),
        new Served("openai", model, "k-1", Route.DIRECT),
        new Ending(status, How.WHOLE),
        new Times(Duration.ofMillis(30), Duration.ofMillis(120)),
        new Tokens(100, 40, 0, 20, 5, Tokens.Source.TOLD),
        cost,
        List.of(limited, took),
        2,
        List.of("seed"));
  }

  @Test
  void usage_tells_the_totals_and_what_they_are_made_of() {
    assertThat(open.get("/api/usage?by=model&from=2026-03-01&to=2026-03-02").master().text())
        .isEqualTo(
            """
            {"from":1772323200,"to":1772409600,\
            "totals":{"requests":3,"errors":1,"attempts":6,"input_tokens":300,"output_tokens":60,\
            "cached_tokens":120,"cache_written_tokens":0,"reasoning_tokens":15,"cost_micros":1501,\
            "unpriced":1,"estimated":0,"total_ms":120,"first_byte_ms":30},\
            "items":[{"model":"gpt-4o","requests":2,"errors":0,"attempts":4,"input_tokens":200,\
            "output_tokens":40,"cached_tokens":80,"cache_written_tokens":0,"reasoning_tokens":10,\
            "cost_micros":1500,"unpriced":1,"estimated":0,"total_ms":120,"first_byte_ms":30},\
            {"model":"=HYPERLINK(\\"x\\")","requests":1,"errors":1,"attempts":2,"input_tokens":100,\
            "output_tokens":20,"cached_tokens":40,"cache_written_tokens":0,"reasoning_tokens":5,\
            "cost_micros":0,"unpriced":0,"estimated":0,"total_ms":120,"first_byte_ms":30}],\
            "more":false}\
            """);
  }

  @Test
  @DisplayName("S29 no name becomes a formula in a spreadsheet")
  void no_name_becomes_a_formula() {
    var usage = open.get("/api/usage?by=day,model&format=csv").master().whole();
    assertThat(Knock.header(usage, "content-type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(Knock.text(usage).lines())
        .containsExactly(
            "day,model,requests,errors,attempts,input_tokens,output_tokens,cached_tokens,"
                + "cache_written_tokens,reasoning_tokens,cost_micros,unpriced,estimated,total_ms,"
                + "first_byte_ms",
            "1772323200,gpt-4o,2,0,4,200,40,80,0,10,1500,1,0,120,30",
            "1772323200,\"'=HYPERLINK(\"\"x\"\")\",1,1,2,100,20,40,0,5,0,0,0,120,30");
    assertThat(open.get("/api/requests").master().with("accept", "text/csv").text().lines())
        .hasSize(4)
        .element(1)
        .isEqualTo(
            "three,1772366340.000,caller,chat,fast,true,openai,\"'=HYPERLINK(\"\"x\"\")\",k-1,"
                + "direct,429,whole,30,120,100,20,40,0,5,told,0,2,seed");
  }

  /// A page holds a thousand, and the log takes a thousand a second; a file holds all.
  @Test
  void a_file_ends_where_the_log_ends() {
    for (var i = 0; i < 2_500; i++) {
      open.now = open.now.plusMillis(100);
      journal.write(entry("more-" + i, "gpt-4o", Optional.empty(), 200));
    }
    open.database.behind().flush();

    assertThat(open.get("/api/requests?format=csv").master().text().lines()).hasSize(2_504);
    assertThat(open.get("/api/requests?format=csv&limit=1200").master().text().lines())
        .hasSize(1_201);
  }

  @Test
  void a_request_is_told_with_its_attempts() {
    assertThat(open.get("/api/requests/two").master().text())
        .isEqualTo(
            """
            {"request_id":"two","at":1772366340.000,"gateway_key":"caller","kind":"chat",\
            "asked_model":"fast","stream":true,"provider":"openai","model":"gpt-4o","key":"k-1",\
            "route":"direct","status":200,"ended":"whole","first_byte_ms":30,"total_ms":120,\
            "input_tokens":100,"output_tokens":20,"cached_tokens":40,"cache_written_tokens":0,\
            "reasoning_tokens":5,"tokens":"told","cost_micros":null,"attempted":2,\
            "dropped":["seed"],"attempts":[{"provider":"openai","key":"k-0","verdict":"limited",\
            "after_ms":0,"took_ms":2},{"provider":"openai","key":"k-1","verdict":"served",\
            "after_ms":2,"took_ms":90}],"why":[]}\
            """);
    assertThat(open.get("/api/requests/nobody").master().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'', three two one",
    "?limit=2, three two",
    "?status=error, three",
    "?status=2xx&model=gpt-4o, two one",
    "?provider=openai&key_id=k-1&gateway_key=caller, three two one",
    "?key_id=k-0, ''",
    "?provider=groq, ''",
    "?request_id=one, one",
    "?from=2026-03-01T11:59:00Z&to=2026-03-01T12:00:00Z, three two one",
    "?to=2026-03-01T11:59:00Z, ''",
  })
  void the_log_is_searched(String query, String found) {
    var text = open.get("/api/requests" + query).master().text();
    var names =
        Pattern.compile("\"request_id\":\"([a-z]+)\"")
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(String.join(" ", names)).isEqualTo(found);
  }

  @Test
  void the_next_page_begins_where_the_last_one_ended() {
    var first = open.get("/api/requests?limit=2").master().text();
    var next = first.replaceAll(".*\"next\":\"([0-9]+)\".*", "$1");
    assertThat(open.get("/api/requests?limit=2&cursor=" + next).master().text())
        .contains("\"request_id\":\"one\"", "\"next\":null")
        .doesNotContain("\"request_id\":\"two\"");
  }

  @ParameterizedTest
  @DisplayName("S25 what is not clearly asked for is refused and named")
  @ValueSource(
      strings = {
        "/api/usage?form=2026-03-01",
        "/api/usage?from=yesterday",
        "/api/usage?from=2026-13-01",
        "/api/usage?from=2026-03-01T10:00:00",
        "/api/usage?from=2026-03-02&to=2026-03-01",
        "/api/usage?by=colour",
        "/api/usage?by=day,hour",
        "/api/usage?by=key,model",
        "/api/usage?by=minute&from=2026-01-01",
        "/api/usage?status=200",
        "/api/usage?limit=0",
        "/api/usage?limit=10001",
        "/api/usage?format=xml",
        "/api/requests?by=model",
        "/api/requests?cursor=x",
        "/api/requests?cursor=-1",
        "/api/requests?limit=1001",
        "/api/requests/one?x=1",
      })
  void what_is_not_clearly_asked_for_is_refused(String target) {
    var answer = open.get(target).master().whole();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Knock.text(answer)).contains("\"code\":\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/usage", "/api/requests", "/api/requests/one"})
  void only_unrestricted_gateway_keys_see_it(String target) {
    assertThat(open.get(target).status()).isEqualTo(401);
    assertThat(open.get(target).key(OpenConsole.LIMITED).status()).isEqualTo(403);
    assertThat(open.get(target).master().status()).isEqualTo(200);
  }
}
