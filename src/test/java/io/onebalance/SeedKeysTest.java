package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.secret.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys are added and looked after, and people let in, as the seed projects' documents say
/// (seed-behaviour.md, sections 2 and 3).
final class SeedKeysTest {
  private static final String CONTENTS = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

  private static String chat(String model) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
        .formatted(model);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/plain | AIza-1,AIza-2,AIza-3",
        "text/plain | keys=AIza-1,AIza-2,AIza-3",
        "text/plain | AIza-1~AIza-2~~ AIza-3 ~",
        "application/x-www-form-urlencoded | keys=AIza-1%2CAIza-2%0AAIza-3",
        "application/x-www-form-urlencoded | AIza-1,AIza-2,AIza-3",
        "application/json | [\"AIza-1\",\"AIza-2\",\"AIza-3\"]",
        "application/json | {\"keys\":[\"AIza-1\",\"AIza-2\",\"AIza-3\"],\"remark\":\"mine\"}",
        "application/json | {\"keys\":\"AIza-1,AIza-2,AIza-3\"}",
        "application/json | [{\"key\":\"AIza-1\"},{\"key\":\"AIza-2\"},{\"key\":\"AIza-3\"}]",
        "multipart/form-data; boundary=b |"
            + " --b~content-disposition: form-data; name=\"keys\"~~AIza-1,AIza-2,AIza-3~--b--~",
      })
  @DisplayName("D29 keys are added in every format, and none is stored with a prefix")
  void keys_are_added(String type, String body, @TempDir Path dir) {
    try (var house = Running.in(dir)) {
      var add = house.to("/api/keys/add/google-ai-studio").header("content-type", type);
      var text = body.replace("~", type.startsWith("multipart") ? "\r\n" : "\n");
      var added = house.send(add.POST(BodyPublishers.ofString(text)));
      assertThat(added.statusCode()).isEqualTo(200);
      assertThat(added.body()).contains("\"added\":3").contains("\"duplicates\":0");
      for (var i = 0; i < 3; i++) {
        assertThat(house.post("/v1/chat/completions", chat("google/gemini-2.5-pro")).statusCode())
            .isEqualTo(200);
        assertThat(house.lastKey()).isIn("AIza-1", "AIza-2", "AIza-3");
      }
    }
  }

  @Test
  @DisplayName("D1 D2 nobody adds keys without the gateway key")
  void keys_are_not_added_by_strangers(@TempDir Path dir) {
    try (var house = Running.in(dir)) {
      var body = BodyPublishers.ofString("AIza-1");
      var api = house.send(house.bare("/api/keys/add/google-ai-studio").POST(body));
      assertThat(api.statusCode()).isEqualTo(401);
      var form =
          house
              .bare("/keys/google-ai-studio")
              .header("content-type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString("action=add&keys=AIza-1"));
      assertThat(house.send(form).statusCode()).isIn(303, 401, 403);
      assertThat(house.get("/api/keys").body()).contains("\"total\":0");
    }
  }

  @Test
  void coolings_of_a_key_are_shown_and_the_key_is_not(@TempDir Path dir) {
    try (var house = Running.in(dir).keys("google-ai-studio", "AIza-secret-1234567890")) {
      house.script.key(
          "AIza-secret-1234567890", Fault.limitedToday(Duration.ofSeconds(30)), Fault.well());
      var path = "/api/google-ai-studio/v1beta/models/gemini-2.5-pro:generateContent";
      assertThat(house.post(path, CONTENTS).statusCode()).isEqualTo(429);
      var list = house.get("/api/keys?provider=google-ai-studio").body();
      var id = list.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
      var coolings = house.get("/api/keys/" + id + "/coolings");
      assertThat(coolings.statusCode()).isEqualTo(200);
      assertThat(coolings.body())
          .contains("\"coolings\":{\"gemini-2.5-pro\":{\"until\":")
          .contains("\"total_seconds\":")
          .doesNotContain("AIza-secret-1234567890");
      var other = house.post(path.replace("pro", "flash"), CONTENTS);
      assertThat(other.statusCode()).as("another model of the same key").isEqualTo(200);
    }
  }

  @Test
  void people_log_in_and_look_after_keys(@TempDir Path dir) {
    try (var house = Running.in(dir).keys("google-ai-studio", "AIza-a", "AIza-b", "AIza-c")) {
      var home = house.send(house.bare("/").GET());
      assertThat(home.statusCode()).isEqualTo(303);
      assertThat(home.headers().firstValue("location").orElseThrow()).startsWith("/login");
      assertThat(house.send(house.bare("/login").GET()).body()).contains("name=\"auth_key\"");
      assertThat(form(house, "/login", "", "auth_key=wrong").statusCode()).isEqualTo(403);
      var entered = form(house, "/login", "", "auth_key=" + Running.AUTH);
      assertThat(entered.statusCode()).isEqualTo(303);
      assertThat(entered.headers().firstValue("location")).hasValue("/");
      var cookie = entered.headers().firstValue("set-cookie").orElseThrow();
      assertThat(cookie).doesNotContain(Running.AUTH).contains("HttpOnly", "SameSite=Strict");
      lookAfterKeys(house, cookie.substring(0, cookie.indexOf(';')));
    }
  }

  private static void lookAfterKeys(Running house, String cookie) {
    assertThat(page(house, "/", cookie)).contains("google-ai-studio");
    var added = form(house, "/keys/google-ai-studio", cookie, "action=add&keys=AIza-x%0AAIza-y");
    assertThat(added.statusCode()).isEqualTo(303);
    assertThat(added.headers().firstValue("location").orElseThrow())
        .startsWith("/keys/google-ai-studio");
    var list = house.get("/api/keys?provider=google-ai-studio&q=AIza-x").body();
    var id = list.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    var query = "?status=active&q=AIza-x&page=1&sort_by=createdAt&sort_order=desc";
    assertThat(page(house, "/keys/google-ai-studio" + query, cookie)).contains(id);
    form(house, "/keys/google-ai-studio", cookie, "action=delete&key_id%5B%5D=" + id);
    assertThat(house.get("/api/keys/" + id).statusCode()).isEqualTo(404);
    assertThat(page(house, "/keys/google-ai-studio?status=blocked", cookie)).doesNotContain(id);
    form(house, "/keys/google-ai-studio", cookie, "action=delete-all-blocked");
    assertThat(house.get("/api/keys?provider=google-ai-studio").body()).contains("\"total\":4");
  }

  private static String page(Running house, String path, String cookie) {
    var page = house.send(house.bare(path).header("cookie", cookie).GET());
    assertThat(page.statusCode()).as(path).isEqualTo(200);
    return page.body();
  }

  private static HttpResponse<String> form(
      Running house, String path, String cookie, String fields) {
    var request = house.bare(path).header("content-type", "application/x-www-form-urlencoded");
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    return house.send(request.POST(BodyPublishers.ofString(fields)));
  }

  @Test
  @DisplayName("D35 the grammar's example: one master, one limited, two expired")
  void the_grammar_of_gateway_keys_is_the_seeds(@TempDir Path dir) {
    var grammar = "master-key;lim-key=openai,gpt-4o;exp-key(1)=openai;exp2-key(1)";
    try (var house = Running.with(dir, new Secret(grammar))) {
      var add = house.bare("/api/keys/add/openai").header("authorization", "Bearer master-key");
      assertThat(house.send(add.POST(BodyPublishers.ofString("sk-a"))).statusCode()).isEqualTo(200);
      assertThat(chatting(house, "master-key", "gpt-5")).isEqualTo(200);
      assertThat(chatting(house, "lim-key", "gpt-4o")).isEqualTo(200);
      assertThat(chatting(house, "lim-key", "gpt-5")).isEqualTo(403);
      assertThat(chatting(house, "exp-key", "gpt-4o")).isEqualTo(401);
      assertThat(chatting(house, "exp2-key", "gpt-4o")).isEqualTo(401);
      assertThat(form(house, "/login", "", "auth_key=lim-key").statusCode()).isEqualTo(403);
      assertThat(form(house, "/login", "", "auth_key=master-key").statusCode()).isEqualTo(303);
    }
  }

  private static int chatting(Running house, String key, String model) {
    var request =
        house
            .bare("/api/openai/v1/chat/completions")
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json");
    return house.send(request.POST(BodyPublishers.ofString(chat(model)))).statusCode();
  }
}
