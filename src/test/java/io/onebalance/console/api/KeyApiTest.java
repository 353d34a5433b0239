package io.onebalance.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.console.json.Json;
import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KeyApiTest {
  private static final String CANARY = "sk-canary-0123456789abcdefWXYZ";

  @TempDir Path dir;
  private OpenConsole open;

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void adding_tells_what_became_of_each_key() {
    open.add("openai", "sk-old");

    var answer =
        open.post("/api/keys/add/openai")
            .master()
            .body("text/plain", "sk-old\nsk-new,with space\nsk-new\n{x");

    assertThat(answer.text())
        .isEqualTo(
            "{\"added\":1,\"duplicates\":2,\"invalid\":[{\"line\":2,\"why\":\"it holds a blank, a"
                + " line break, or another character that no key"
                + " has\"},{\"line\":4,\"why\":\"begins like JSON but is not valid JSON\"}]}");
    assertThat(open.ids("openai")).hasSize(2);
  }

  @Test
  @DisplayName("P20 a bad credential is refused with what is wrong, and not echoed")
  void credentials_are_looked_at_before_they_are_stored() {
    var answer =
        open.post("/api/keys/add/aws-bedrock")
            .master()
            .body(
                "application/json",
                """
                [{"AccessKeyId": "AKIDEXAMPLEAKIDEXAMP", "SecretAccessKey": "%1$s"},
                 {"AccessKeyId": "AKIDEXAMPLEAKIDEXAMP"},
                 {"access_key_id": "AKIDEXAMPLEAKIDEXAMP", "secret_access_key": "%1$s",
                  "region": "nowhere"},
                 "bedrock-api-key-0123456789"]\
                """
                    .formatted(CANARY));
    assertThat(answer.text())
        .startsWith("{\"added\":2,\"duplicates\":0,\"invalid\":[{\"line\":2,\"why\":")
        .contains("it has no secret_access_key; allowed: ", "{\"line\":3,", "no AWS region")
        .doesNotContain(CANARY);
    var listed = open.get("/api/keys?provider=aws-bedrock").master().whole();
    assertThat(Knock.text(listed)).contains("\"total\":2").doesNotContain(CANARY, "AKID");
  }

  @Test
  void lines_are_counted_over_all_refusals() {
    var answer =
        open.post("/api/keys/add/workers-ai")
            .master()
            .body(
                "text/plain",
                "token-alone\n{\"account_id\":\"acc1\",\"api_token\":\"t\"}\n{x\n"
                    + "{\"account_id\":\"a b\",\"api_token\":\"t\"}");
    assertThat(answer.text())
        .contains("\"added\":1", "{\"line\":1,", "{\"line\":3,", "{\"line\":4,")
        .contains("in which account");
  }

  @Test
  void json_is_no_key_where_a_key_is_one_text() {
    var answer =
        open.post("/api/keys/add/openai").master().body("application/json", "{\"api_key\":\"k\"}");
    assertThat(answer.text()).contains("\"added\":0", "one text");
  }

  @Test
  void a_custom_provider_of_a_gateway_takes_keys() {
    var answer = open.post("/api/keys/add/custom-foo").master().body("text/plain", "custom-key-1");
    assertThat(answer.text()).contains("\"added\":1");
    assertThat(open.ids("custom-foo")).hasSize(1);
  }

  @Test
  void aliases_lead_to_the_provider_and_unknown_ones_nowhere() {
    assertThat(open.post("/api/keys/add/google").master().body("text/plain", "AIza1").status())
        .isEqualTo(200);
    assertThat(open.ids("google-ai-studio")).hasSize(1);

    var answer = open.post("/api/keys/add/nobody").master().body("text/plain", "k").whole();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(Knock.text(answer)).contains("\"code\":\"unknown_provider\"").contains("'nobody'");
  }

  @Test
  void changes_are_audited_with_their_actor() {
    open.post("/api/keys/add/openai").master().body("text/plain", CANARY).whole();
    assertThat(open.lastActor()).startsWith("key ").doesNotContain(OpenConsole.MASTER);

    open.post("/api/keys/add/openai")
        .cookie(open.cookie())
        .body("text/plain", CANARY + "2")
        .whole();
    assertThat(open.lastActor()).startsWith("session of ").doesNotContain(OpenConsole.MASTER);
  }

  @Test
  @DisplayName("S3 P20 D30 a provider key is in no answer")
  void keys_are_masked_everywhere() {
    var id = open.add("openai", CANARY).getFirst();

    for (var path :
        new String[] {
          "/api/keys",
          "/api/keys?q=" + CANARY,
          "/api/keys/" + id,
          "/api/keys/" + id + "/coolings",
          "/api/providers"
        }) {
      var text = open.get(path).master().text();
      assertThat(text).as(path).doesNotContain("canary");
    }
    assertThat(json(open.get("/api/keys/" + id).master()).get("key").stringValue())
        .isEqualTo("…WXYZ");
  }

  @Test
  @DisplayName("D41 short keys show nothing of themselves")
  void short_keys_show_nothing() {
    var id = open.add("openai", "sk-123456").getFirst();

    assertThat(json(open.get("/api/keys/" + id).master()).get("key").stringValue()).isEqualTo("…");
  }

  @Test
  void a_key_is_shown_with_all_that_is_documented() {
    var id = open.add("openai", CANARY).getFirst();

    var key = json(open.get("/api/keys/" + id).master());

    assertThat(key.propertyNames())
        .containsExactly(
            "id",
            "key",
            "provider",
            "status",
            "reason",
            "remark",
            "account",
            "weight",
            "created_at",
            "updated_at",
            "total_cooling_seconds",
            "coolings",
            "health",
            "limits");
    assertThat(key.get("limits").isEmpty()).isTrue();
    assertThat(key.get("status").stringValue()).isEqualTo("active");
    assertThat(key.get("created_at").longValue()).isEqualTo(open.now.getEpochSecond());
    assertThat(key.get("health").get("last_checked_at").isNull()).isTrue();
    var coolings = json(open.get("/api/keys/" + id + "/coolings").master());
    assertThat(coolings.propertyNames())
        .containsExactly("id", "status", "reason", "health", "coolings");
  }

  @Test
  void a_key_shows_what_its_provider_says_is_left_of_its_limits() {
    var id = open.add("groq", CANARY).getFirst();
    var soon = Optional.of(open.now.plusSeconds(30));
    var slot = open.pools.of("groq").slotForTest(id, "llama", open.now).orElseThrow();
    slot.told(
        List.of(
            new Allowance(Allowance.Kind.REQUESTS, Window.DAY, 14_400, 14_370, soon),
            new Allowance(
                Allowance.Kind.CONCURRENT, Window.UNKNOWN, Allowance.UNTOLD, 2, Optional.empty())),
        open.now);
    slot.settle(new Outcome.Abandoned(), open.now);

    assertThat(json(open.get("/api/keys/" + id).master()).get("limits").toString())
        .isEqualTo(
            "{\"llama\":[{\"kind\":\"requests\",\"window\":\"day\",\"limit\":14400,\"remaining\":14370,"
                + "\"reset\":"
                + soon.get().getEpochSecond()
                + "},{\"kind\":\"concurrent\",\"window\":null,\"limit\":null,\"remaining\":2,"
                + "\"reset\":null}]}");
  }

  @Test
  @DisplayName("D31 a list is filtered, sorted, and paged to its end")
  void lists_are_paged() {
    for (var i = 0; i < 5; i++) {
      open.now = open.now.plus(Duration.ofMinutes(1));
      open.add("openai", "sk-aaaaaaaaaaaaaaaaaaaaaaa" + i);
    }
    open.add("groq", "gsk-1");

    var first = json(open.get("/api/keys?provider=openai&limit=2&sort=created").master());
    var second =
        json(
            open.get(
                    "/api/keys?provider=openai&limit=2&sort=created&cursor="
                        + first.get("next").stringValue())
                .master());
    var third =
        json(
            open.get(
                    "/api/keys?provider=openai&limit=2&sort=created&cursor="
                        + second.get("next").stringValue())
                .master());

    assertThat(first.get("total").intValue()).isEqualTo(5);
    assertThat(first.get("keys").get(0).get("key").stringValue()).isEqualTo("…aaa0");
    assertThat(second.get("keys").get(0).get("key").stringValue()).isEqualTo("…aaa2");
    assertThat(third.get("keys").size()).isEqualTo(1);
    assertThat(third.get("next").isNull()).isTrue();
    assertThat(json(open.get("/api/keys").master()).get("total").intValue()).isEqualTo(6);
    assertThat(json(open.get("/api/keys?q=aaa3").master()).get("total").intValue()).isEqualTo(1);
    assertThat(json(open.get("/api/keys?q=%25").master()).get("total").intValue()).isZero();
    assertThat(json(open.get("/api/keys?status=blocked").master()).get("keys").size()).isZero();
  }

  @Test
  @DisplayName("S25 D31 odd parameters are refused with what is allowed")
  void odd_parameters_are_refused() {
    for (var query :
        new String[] {
          "page=0",
          "limit=0",
          "limit=1001",
          "limit=x",
          "status=dead",
          "sort=price",
          "cursor=x",
          "q=%00",
          "state=active"
        }) {
      var answer = open.get("/api/keys?" + query).master().whole();
      assertThat(answer.status()).as(query + Knock.text(answer)).isEqualTo(400);
      assertThat(Knock.text(answer))
          .contains("\"code\":\"invalid_request\"")
          .contains("\"type\":\"invalid_request_error\"");
    }
  }

  @Test
  void a_key_is_patched_field_by_field() {
    var id = open.add("openai", CANARY).getFirst();
    var path = "/api/keys/" + id;

    var key =
        json(
            open.knock("PATCH", path)
                .master()
                .json("{\"remark\":\"🔑 <b>\",\"weight\":7,\"account\":\"acme\"}"));
    assertThat(key.get("remark").stringValue()).isEqualTo("🔑 <b>");
    assertThat(key.get("weight").intValue()).isEqualTo(7);
    assertThat(key.get("account").stringValue()).isEqualTo("acme");

    key = json(open.knock("PATCH", path).master().json("{\"status\":\"blocked\"}"));
    assertThat(key.get("status").stringValue()).isEqualTo("blocked");
    assertThat(key.get("reason").stringValue()).isNotEmpty();
    assertThat(key.get("remark").stringValue()).isEqualTo("🔑 <b>");

    key = json(open.knock("PATCH", path).master().json("{\"status\":\"active\"}"));
    assertThat(key.get("status").stringValue()).isEqualTo("active");
  }

  @Test
  @DisplayName("S13 S16 S25 odd patches change nothing")
  void odd_patches_are_refused() {
    var id = open.add("openai", CANARY).getFirst();
    for (var body :
        new String[] {
          "{}",
          "[]",
          "null",
          "{\"weight\":0}",
          "{\"weight\":101}",
          "{\"weight\":1.5}",
          "{\"weight\":\"1\"}",
          "{\"status\":\"cooling\"}",
          "{\"remark\":null}",
          "{\"remark\":\"a\\nb\"}",
          "{\"remark\":\"" + "x".repeat(501) + "\"}",
          "{\"key\":\"sk-other\"}",
          "{\"id\":\"x\"}",
          "not json"
        }) {
      assertThat(open.knock("PATCH", "/api/keys/" + id).master().json(body).status())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(open.knock("PATCH", "/api/keys/" + id).master().form("remark=x").status())
        .isEqualTo(415);
    assertThat(open.knock("PATCH", "/api/keys/none").master().json("{\"weight\":1}").status())
        .isEqualTo(404);
    assertThat(json(open.get("/api/keys/" + id).master()).get("weight").intValue()).isEqualTo(1);
  }

  @Test
  void a_key_is_deleted_once() {
    var id = open.add("openai", CANARY).getFirst();

    assertThat(open.knock("DELETE", "/api/keys/" + id).master().text())
        .isEqualTo("{\"deleted\":1}");
    assertThat(open.knock("DELETE", "/api/keys/" + id).master().status()).isEqualTo(404);
    assertThat(open.get("/api/keys/" + id).master().status()).isEqualTo(404);
    assertThat(open.get("/api/keys/" + id + "/coolings").master().status()).isEqualTo(404);
  }

  @Test
  @DisplayName("D36 an edit is alive at once")
  void edits_are_alive_at_once() {
    var id = open.add("openai", CANARY).getFirst();
    open.knock("PATCH", "/api/keys/" + id).master().json("{\"status\":\"blocked\"}").whole();

    assertThat(open.pools.of("openai").counts(open.now).blocked()).isEqualTo(1);
  }

  private static JsonNode json(Knock knock) {
    return Json.MAPPER.readTree(knock.text());
  }
}
