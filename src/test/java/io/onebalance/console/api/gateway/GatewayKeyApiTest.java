package io.onebalance.console.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.Charge;
import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GatewayKeyApiTest {
  private static final String KEYS = "/api/gateway-keys";
  private static final String EVERYTHING = "{\"name\":\"second master\",\"groups\":\"*\"}";

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
  @DisplayName("S6 a key is shown by the answer that makes it, and never again")
  void made_and_shown_once() {
    var made =
        post(
            """
            {"name": "phone", "groups": "Google,models/gemini-2.5-flash&groq", "expires_at": 1800000000,
             "limits": {"requests_per_minute": 60, "cost_micros_per_day": 2500000, "concurrent": null}}
            """);
    var text = made.get("key").stringValue();
    assertThat(text).startsWith("ob-").hasSize(46);
    assertThat(made.get("groups").stringValue())
        .isEqualTo("google-ai-studio,gemini-2.5-flash&groq");
    assertThat(made.get("expires_at").longValue()).isEqualTo(1_800_000_000);
    assertThat(made.get("limits").toString())
        .isEqualTo(
            "{\"requests_per_minute\":60,\"concurrent\":null,\"cost_micros_per_day\":2500000}");
    assertThat(made.get("former_until").isNull()).isTrue();
    var listed = open.get(KEYS).master().text();
    assertThat(listed).contains("\"phone\"", "ob-…" + text.substring(42)).doesNotContain(text);
    assertThat(open.get(KEYS + "/" + id(made)).master().text())
        .isEqualTo(made.toString().replace(text, "ob-…" + text.substring(42)));
    assertThat(open.lastActor()).startsWith("key key 1");
  }

  @Test
  void the_list_shows_defined_keys_by_the_names_of_the_settings_and_what_was_spent() {
    var grant = open.grants.defined().getFirst().grant();
    open.spendings.charge(grant.id(), new Charge(open.now, open.now, 70, OptionalLong.empty()));
    open.spendings.charge(
        grant.id(), new Charge(open.now, open.now, 30, OptionalLong.of(5_000_500)));
    var items = json(open.get(KEYS).master()).get("items");
    assertThat(items.size()).isEqualTo(2);
    var first = items.get(0);
    assertThat(first.get("name").stringValue()).isEqualTo("key-1");
    assertThat(first.get("source").stringValue()).isEqualTo("settings");
    assertThat(first.get("groups").stringValue()).isEqualTo("*");
    assertThat(first.get("spent").get("day").toString())
        .isEqualTo(
            "{\"cost_micros\":5000,\"tokens\":100,\"unpriced_requests\":1,\"until\":1772409600}");
    assertThat(items.get(1).get("groups").stringValue()).isEqualTo("openai");
    assertThat(items.toString()).doesNotContain(OpenConsole.MASTER, OpenConsole.LIMITED);
  }

  @Test
  void an_issued_key_opens_the_key_api_only_with_all_groups_and_until_it_is_revoked() {
    var all = post(EVERYTHING);
    var some = post("{\"name\":\"app\",\"groups\":\"openai\"}");
    assertThat(asked(all)).isEqualTo(200);
    assertThat(asked(some)).isEqualTo(403);
    assertThat(open.knock("DELETE", KEYS + "/" + id(all)).master().status()).isEqualTo(200);
    assertThat(asked(all)).isEqualTo(401);
    assertThat(open.knock("DELETE", KEYS + "/" + id(all)).master().status()).isEqualTo(404);
  }

  @Test
  void a_session_ends_when_the_key_that_opened_it_is_revoked() {
    var made = post(EVERYTHING);
    var signedIn = open.post("/login").form("auth_key=" + made.get("key").stringValue()).whole();
    var cookie = String.valueOf(Knock.header(signedIn, "set-cookie")).split(";", 2)[0];
    assertThat(open.get("/").cookie(cookie).status()).isEqualTo(200);
    open.knock("DELETE", KEYS + "/" + id(made)).master().status();
    assertThat(open.get("/").cookie(cookie).status()).isEqualTo(303);
  }

  @Test
  void a_patch_changes_what_it_names_and_nothing_else() {
    var made = post(EVERYTHING);
    assertThat(patch(made, "{\"enabled\":false}").get("enabled").booleanValue()).isFalse();
    assertThat(asked(made)).isEqualTo(401);
    var again = patch(made, "{\"enabled\":true,\"name\":\"third\"}");
    assertThat(asked(made)).isEqualTo(200);
    assertThat(again.get("name").stringValue()).isEqualTo("third");
    assertThat(again.get("groups").stringValue()).isEqualTo("*");
    var soon = open.now.getEpochSecond() + 5;
    patch(made, "{\"expires_at\":" + soon + "}");
    open.now = open.now.plusSeconds(6);
    assertThat(asked(made)).isEqualTo(401);
    var forever = patch(made, "{\"expires_at\":null,\"limits\":{\"tokens_per_month\":0}}");
    assertThat(forever.get("expires_at").isNull()).isTrue();
    assertThat(forever.get("limits").toString()).isEqualTo("{\"tokens_per_month\":0}");
    assertThat(asked(made)).isEqualTo(200);
  }

  @Test
  void a_rotation_gives_a_new_text_and_a_grace_to_the_old_one() {
    var made = post(EVERYTHING);
    var next =
        json(open.post(KEYS + "/" + id(made) + "/rotate").master().json("{\"grace_seconds\":60}"));
    assertThat(id(next)).isEqualTo(id(made));
    assertThat(next.get("former_until").longValue()).isEqualTo(open.now.getEpochSecond() + 60);
    assertThat(asked(made)).isEqualTo(200);
    assertThat(asked(next)).isEqualTo(200);
    open.now = open.now.plusSeconds(61);
    assertThat(asked(made)).isEqualTo(401);
    assertThat(asked(next)).isEqualTo(200);
    var last = json(open.post(KEYS + "/" + id(made) + "/rotate").master().json("{}"));
    assertThat(asked(next)).isEqualTo(401);
    assertThat(asked(last)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                   | 'name' is missing",
        "{\"name\":\"x\"}                                     | 'groups' is missing",
        "{\"name\":\"\",\"groups\":\"*\"}                     | 'name' is empty",
        "{\"name\":\"x\",\"groups\":\"\"}                     | 'groups' grants nothing",
        "{\"name\":\"x\",\"groups\":\"opnai\"}                | 'groups' names no provider:"
            + " 'opnai'",
        "{\"name\":\"x\",\"groups\":\"openai,\"}              | 'groups' has an empty model name",
        "{\"name\":\"x\",\"groups\":\"*\",\"rpm\":1}          | unknown field 'rpm'; allowed:"
            + " expires_at",
        "{\"name\":\"x\",\"groups\":\"*\",\"limits\":{\"rpm\":1}} | unknown field 'rpm'; allowed:"
            + " concurrent",
        "{\"name\":\"x\",\"groups\":\"*\",\"limits\":{\"concurrent\":0}} | 'limits.concurrent' must"
            + " be a whole number from 1",
        "{\"name\":\"x\",\"groups\":\"*\",\"limits\":{\"concurrent\":1.5}} | 'limits.concurrent'"
            + " must be",
        "{\"name\":\"x\",\"groups\":\"*\",\"expires_at\":1758077793000} | 'expires_at' must be",
        "{\"name\":\"x\",\"groups\":\"*\",\"enabled\":true}   | unknown field 'enabled'",
        "{\"name\":\"taken\",\"groups\":\"*\"}                | another gateway key has this name"
      })
  @DisplayName("S25 what is not understood is refused and named")
  void refusals(String body, String why) {
    post("{\"name\":\"taken\",\"groups\":\"openai\"}");
    var refused = open.post(KEYS).master().json(body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(json(refused).get("error").get("message").stringValue()).contains(why);
    assertThat(open.issued.list()).hasSize(1);
  }

  @Test
  void a_defined_key_is_changed_in_the_settings_only() {
    var id = open.grants.defined().getFirst().grant().id();
    var refused = open.knock("PATCH", KEYS + "/" + id).master().json("{\"name\":\"x\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("AUTH_KEY");
    assertThat(open.get(KEYS + "/gk-nobody").master().status()).isEqualTo(404);
  }

  private JsonNode post(String body) {
    var answer = open.post(KEYS).master().json(body).whole();
    assertThat(answer.status()).as(Knock.text(answer)).isEqualTo(200);
    return json(answer);
  }

  private JsonNode patch(JsonNode made, String body) {
    return json(open.knock("PATCH", KEYS + "/" + id(made)).master().json(body));
  }

  private int asked(JsonNode made) {
    return open.get("/api/keys").key(made.get("key").stringValue()).status();
  }

  private static String id(JsonNode key) {
    return key.get("id").stringValue();
  }

  private static JsonNode json(Knock knock) {
    return json(knock.whole());
  }

  private static JsonNode json(io.onebalance.server.Reply.Whole reply) {
    return JsonMapper.shared().readTree(Knock.text(reply));
  }
}
