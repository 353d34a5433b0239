package io.onebalance.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Choice;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.store.keyring.Keyring.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages as a signed-in person sees them.
class PagesTest {
  private static final String CANARY = "sk-canary-0123456789abcdefWXYZ";

  @TempDir Path dir;
  private OpenConsole open;
  private String cookie = "";

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
    cookie = open.cookie();
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void the_first_run_leads_to_the_first_key() {
    var page = page("/");

    assertThat(page).contains("<h1>Welcome</h1>").contains("href=\"/keys/google-ai-studio\"");
    assertThat(page("/keys/google-ai-studio"))
        .contains("No keys found. Add the first one below.")
        .contains("<details class=\"card\" open>");
  }

  @Test
  void providers_with_keys_come_first_with_their_counts() {
    open.add("openai", "sk-1", "sk-2");
    rest("openai", "gpt-4o", Duration.ofMinutes(10));

    assertThat(page("/")).doesNotContain("Welcome").contains("<a href=\"/keys/openai\">openai</a>");
    var page = page("/providers");
    assertThat(page).contains("<a href=\"/keys/openai\">openai</a>");
    assertThat(page.indexOf(">openai<")).isLessThan(page.indexOf("Without keys"));
    assertThat(page.indexOf(">groq<")).isGreaterThan(page.indexOf("Without keys"));
    assertThat(page)
        .containsPattern(
            ">openai</a>[^!]*?1 of 2 ready[^!]*?data-label=\"Active\">1</td>\\s*<td[^>]*>1</td>"
                + "\\s*<td[^>]*>0</td>");
  }

  @Test
  @DisplayName("S22 no form with a gateway key puts it into an address, also where no script runs")
  void gateway_keys_are_never_in_addresses() {
    for (var path : List.of("/playground", "/login")) {
      var page = open.get(path).cookie(path.equals("/login") ? "" : cookie).text();
      assertThat(page).as(path).contains("name=\"auth_key\"");
      assertThat(page.substring(0, page.indexOf("name=\"auth_key\"")))
          .as(path)
          .containsPattern("(?s).*<form[^>]* method=\"post\"[^>]*>(?!.*<form).*");
    }
  }

  @Test
  @DisplayName("D3 hostile text is text everywhere")
  void hostile_text_is_text() {
    var hostile = "</script><img src=x onerror=alert(1)>'\"&`🔑\u202eשלום";
    open.post("/api/keys/add/openai")
        .master()
        .json(Quoted.json("keys", "sk-<b>'onclick=alert(1)&quot;</script><i>", "remark", hostile))
        .whole();
    var id = open.ids("openai").getFirst();
    var pages =
        new String[] {
          page("/keys/openai"),
          page("/keys/openai?q=" + Quoted.url(hostile)),
          page("/keys/openai?status=blocked&q=" + Quoted.url(hostile)),
          page("/keys/openai/" + id),
          page("/keys/openai/" + id + "/delete"),
          open.get("/keys/" + Quoted.url(hostile)).cookie(cookie).text(),
          open.get("/login?next=/" + Quoted.url(hostile)).text(),
          open.get("/keys/openai?sort=" + Quoted.url(hostile)).cookie(cookie).text()
        };
    for (var page : pages) {
      assertThat(page)
          .doesNotContain("</script><")
          .doesNotContain("<img src=x")
          .doesNotContain("<b>")
          .doesNotContain("<i>")
          .doesNotContain("='\"")
          .doesNotContainPattern("<[^>]* onerror=");
    }
    assertThat(pages[0])
        .contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;'\"&amp;`🔑\u202eשלום");
    assertThat(pages[3]).contains("value=\"&lt;/script>");
  }

  @Test
  @DisplayName("D3 hostile models and reasons are text")
  void hostile_models_are_text() {
    var id = open.add("openai", CANARY).getFirst();
    rest("openai", "<script>alert('m')</script>🔑", Duration.ofMinutes(90));

    assertThat(page("/keys/openai?status=cooling"))
        .contains("&lt;script&gt;alert('m')&lt;/script&gt;🔑 for 1h")
        .doesNotContain("<script>alert");
    assertThat(page("/keys/openai/" + id))
        .contains("&lt;script&gt;alert('m')&lt;/script&gt;🔑")
        .doesNotContain("<script>alert");
  }

  @Test
  @DisplayName("D30 D41 S3 keys are masked in pages and sources")
  void keys_are_masked() {
    var id = open.add("openai", CANARY, "short").getFirst();

    for (var path :
        new String[] {"/keys/openai", "/keys/openai/" + id, "/keys/openai/" + id + "/delete"}) {
      assertThat(page(path))
          .as(path)
          .contains("…WXYZ")
          .doesNotContain("canary")
          .doesNotContain("short");
    }
  }

  @Test
  @DisplayName("D31 search and tabs find keys, and forms lead back to the same view")
  void views_survive_forms() {
    open.add("openai", "sk-aaaaaaaaaaaaaaaaaaaaone1", "sk-aaaaaaaaaaaaaaaaaaaatwo2");
    assertThat(page("/keys/openai?q=two2")).contains("…two2").doesNotContain("…one1");

    var view = "/keys/openai?status=active&q=two2&sort=-cooling";
    var id = open.ids("openai").getLast();
    var answer = open.post(view).cookie(cookie).form("action=block&key_id=" + id).whole();

    assertThat(answer.status()).isEqualTo(303);
    assertThat(Knock.header(answer, "location")).isEqualTo(view);
    assertThat(page(view)).contains("1 key blocked.").contains("No keys found for this search.");
    assertThat(page(view)).as("told once").doesNotContain("1 key blocked.");
    assertThat(page("/keys/openai?status=blocked")).contains("…two2").contains("by hand");
  }

  @Test
  void buttons_do_what_they_say() {
    var ids = open.add("openai", "sk-1", "sk-2", "sk-3");
    rest("openai", "gpt-4o", Duration.ofMinutes(10));
    rest("openai", "gpt-4o", Duration.ofMinutes(10));
    rest("openai", "gpt-4o", Duration.ofMinutes(10));
    var all = ids.stream().map(id -> "&key_id=" + id).collect(Collectors.joining());

    assertThat(act("action=reset" + all)).contains("3 keys free of cooldowns.");
    assertThat(open.pools.of("openai").counts(open.now).active()).isEqualTo(3);
    assertThat(act("action=block" + all)).contains("3 keys blocked.");
    assertThat(act("action=unblock&key_id%5B%5D=" + ids.getFirst())).contains("1 key unblocked.");
    assertThat(act("action=delete&key_id=" + ids.getFirst())).contains("1 key deleted.");
    assertThat(act("action=delete")).contains("No key was selected.");
    assertThat(open.post("/keys/openai").cookie(cookie).form("action=dance" + all).status())
        .isEqualTo(400);
    assertThat(open.post("/keys/openai").cookie(cookie).form("").status()).isEqualTo(303);
  }

  @Test
  void all_blocked_keys_go_after_a_question() {
    var ids = open.add("openai", "sk-1", "sk-2");
    act("action=block&key_id=" + ids.getFirst());
    assertThat(page("/keys/openai?status=blocked"))
        .contains("href=\"/keys/openai/delete-blocked\"");

    var question = page("/keys/openai/delete-blocked");

    assertThat(question)
        .contains("1 key of openai will be deleted.")
        .contains("action=\"/keys/openai?status=blocked\"");
    assertThat(open.ids("openai")).hasSize(2);
    assertThat(act("action=delete-all-blocked")).contains("1 key deleted.");
    assertThat(open.ids("openai")).containsExactly(ids.getLast());
  }

  @Test
  void adding_tells_what_became_of_each_line() {
    open.add("openai", "sk-old");

    var page = act("action=add&keys=sk-old%0Ask-new%0Awith+space&remark=mine&account=acme");

    assertThat(page)
        .contains("1 key added. 1 key already here.")
        .contains("Line 3: it holds a blank");
    assertThat(page("/keys/openai")).contains("<bdi>mine</bdi>");
  }

  @Test
  @DisplayName("S14 S29 long lists of mistakes and long texts are cut or refused")
  void much_is_bounded() {
    var page = act("action=add&keys=" + "a+b%0A".repeat(30));
    assertThat(page).contains("Line 20:").doesNotContain("Line 21:").contains("and 10 more");

    var answer =
        open.post("/keys/openai")
            .cookie(cookie)
            .form("action=add&keys=a&remark=" + "x".repeat(501))
            .whole();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Knock.text(answer)).contains("longer than 500 characters");
    assertThat(open.get("/keys/openai?q=" + "x".repeat(9_000)).cookie(cookie).status())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("D31 lists are paged by first and next, also when keys go meanwhile")
  void lists_are_paged() {
    open.add("openai", IntStream.range(0, 60).mapToObj(i -> "sk-" + i).toArray(String[]::new));

    var first = page("/keys/openai?sort=created");
    assertThat(first).contains("60 keys").doesNotContain("First page").contains("rel=\"next\"");
    var next =
        between(first, "<a class=\"button\" href=\"", "\" rel=\"next\"").replace("&amp;", "&");
    var second = page(next);

    assertThat(second).contains("First page").doesNotContain("rel=\"next\"");
    assertThat(second.split("name=\"key_id\"", -1)).hasSize(11);
    open.keyring.delete(new Selection.Ids(open.ids("openai").subList(50, 60)), "test");
    assertThat(open.get(next).cookie(cookie).status()).isEqualTo(303);
    assertThat(open.get("/keys/openai?page=0").cookie(cookie).status()).isEqualTo(200);
    assertThat(open.get("/keys/openai?cursor=odd").cookie(cookie).status()).isEqualTo(400);
    assertThat(open.get("/keys/openai?status=odd").cookie(cookie).status()).isEqualTo(400);
  }

  @Test
  void aliases_lead_to_the_providers_own_name() {
    var answer = open.get("/keys/google?status=blocked").cookie(cookie).whole();

    assertThat(Knock.header(answer, "location")).isEqualTo("/keys/google-ai-studio?status=blocked");
    assertThat(open.get("/keys/nobody").cookie(cookie).status()).isEqualTo(404);
    assertThat(Knock.header(open.get("/keys").cookie(cookie).whole(), "location"))
        .isEqualTo("/providers");
  }

  @Test
  void a_key_is_edited_on_its_page() {
    var id = open.add("openai", CANARY).getFirst();
    var path = "/keys/openai/" + id;

    open.post(path).cookie(cookie).form("action=save&remark=r%C3%A9&account=acme&weight=9").whole();
    assertThat(page(path))
        .contains("Saved.")
        .contains("value=\"ré\"")
        .contains("value=\"acme\"")
        .contains("value=\"9\"");
    open.post(path).cookie(cookie).form("action=block").whole();
    assertThat(page(path))
        .contains("1 key blocked.")
        .contains(">Blocked<")
        .contains("value=\"unblock\"");
    for (var weight : new String[] {"0", "101", "x", ""}) {
      assertThat(open.post(path).cookie(cookie).form("action=save&weight=" + weight).status())
          .as(weight)
          .isEqualTo(400);
    }
    assertThat(open.get("/keys/groq/" + id).cookie(cookie).status()).isEqualTo(404);

    var gone = open.post(path).cookie(cookie).form("action=delete").whole();
    assertThat(Knock.header(gone, "location")).isEqualTo("/keys/openai");
    assertThat(open.get(path).cookie(cookie).status()).isEqualTo(404);
  }

  @Test
  void a_keys_rests_are_told_by_model() {
    var id = open.add("openai", CANARY).getFirst();
    rest("openai", "gpt-4o", Duration.ofSeconds(90_061));

    var page = page("/keys/openai/" + id);

    assertThat(page).contains("<bdi>gpt-4o</bdi>").containsPattern("1d\\d+h");
    assertThat(page("/keys/openai?status=cooling")).contains("gpt-4o for 1d");
    assertThat(open.get("/api/keys/" + id + "/coolings").master().text())
        .contains("\"status\":\"cooling\"")
        .containsPattern(
            "\"coolings\":\\{\"gpt-4o\":\\{\"until\":\\d+,\"total_seconds\":\\d+,\"reason\":\"[^\"]+\"}}");
  }

  @Test
  void what_keys_have_left_of_their_limits_is_told() {
    var id = open.add("openai", CANARY).getFirst();
    // What is said of a limit for the first time lets its use be counted from then on.
    served("openai", "gpt-4o", 500, 126);
    served("openai", "gpt-4o", 500, 125);

    assertThat(page("/keys/openai/" + id))
        .containsPattern("500 requests a minute</td><td class=\"number\"[^>]*>375</td>")
        .contains("told by the provider");
    assertThat(page("/providers"))
        .contains("title=\"125 left of 500 requests a minute\">25 %")
        .contains(">gpt-4o</bdi>");
  }

  @Test
  void files_are_kept_for_good_under_a_hashed_name() {
    var css = between(open.get("/login").text(), "<link rel=\"stylesheet\" href=\"", "\"");
    var answer = open.get(css).whole();

    assertThat(css).matches("/static/console-[0-9a-f]{16}\\.css");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Knock.header(answer, "content-type")).isEqualTo("text/css; charset=utf-8");
    assertThat(Knock.header(answer, "cache-control")).contains("immutable");
    var again =
        open.get(css).with("if-none-match", String.valueOf(Knock.header(answer, "etag"))).whole();
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(open.get("/static/console.css").status()).isEqualTo(404);
    assertThat(open.get("/static/..%2fopenapi.yaml").status()).isEqualTo(404);
  }

  private String page(String path) {
    var answer = open.get(path).cookie(cookie).whole();
    assertThat(answer.status()).as(path).isEqualTo(200);
    return Knock.text(answer);
  }

  private String act(String form) {
    var answer = open.post("/keys/openai").cookie(cookie).form(form).whole();
    assertThat(answer.status()).as(form).isEqualTo(303);
    return page(String.valueOf(Knock.header(answer, "location")));
  }

  /// Lets the next key be limited for a model, as a provider's answer would.
  private void rest(String provider, String model, Duration rest) {
    var choice = open.pools.of(provider).choose(model, Set.of(), open.now);
    if (choice instanceof Choice.Chosen(var slot)) {
      var limited = new Verdict.Limited(Verdict.Window.DAY, Optional.of(rest), Optional.empty());
      slot.settle(new Outcome.Judged(limited, Duration.ofMillis(80)), open.now);
    }
  }

  /// Lets the next key serve, and its provider say what is left of the requests of a minute.
  private void served(String provider, String model, long limit, long remaining) {
    var reset = Optional.of(open.now.plusSeconds(60));
    var left = new Allowance(Kind.REQUESTS, Window.MINUTE, limit, remaining, reset);
    if (open.pools.of(provider).choose(model, Set.of(), open.now)
        instanceof Choice.Chosen(var slot)) {
      slot.told(List.of(left), open.now);
      slot.settle(new Outcome.Judged(new Verdict.Served(), Duration.ofMillis(80)), open.now);
    }
  }

  private static String between(String text, String start, String end) {
    var stop = text.indexOf(end, text.indexOf(start) + start.length());
    return text.substring(text.lastIndexOf(start, stop) + start.length(), stop);
  }
}
