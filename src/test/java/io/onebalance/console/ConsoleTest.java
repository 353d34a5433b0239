package io.onebalance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.web.Access;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
  @TempDir Path dir;
  private OpenConsole open;

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir, new PretendTrials());
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  @DisplayName("S8 D1 D2 no route but the open ones answers a stranger, nor reads his body")
  void strangers_get_nowhere() {
    for (var route : open.console.routes()) {
      var path = route.pattern().text().replaceAll("\\{[a-z]+}", "openai");
      var knock = open.knock(route.method(), path).form("action=delete-all-blocked&keys=a");
      var status = knock.status();
      var early = open.console.refusal(knock.visit());
      switch (route.access()) {
        case OPEN -> assertThat(early).as(path).isEmpty();
        case SESSION -> assertThat(status).as(route + "").isEqualTo(303);
        case UNRESTRICTED -> assertThat(status).as(route + "").isEqualTo(401);
      }
      assertThat(early.isPresent()).as(path).isEqualTo(route.access() != Access.OPEN);
    }
    assertThat(open.ids("openai")).isEmpty();
  }

  @Test
  @DisplayName("S8 what is open is exactly this")
  void what_is_open() {
    assertThat(
            open.console.routes().stream()
                .filter(route -> route.access() == Access.OPEN)
                .map(route -> route.method() + " " + route.pattern().text())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "GET /login",
            "POST /login",
            "POST /taste",
            "GET /static/{name}",
            "GET /api/openapi.yaml");
  }

  @Test
  @DisplayName("S21 every answer is guarded, refusals too")
  void every_answer_is_guarded() {
    for (var path :
        new String[] {"/", "/login", "/api/keys", "/nowhere", "/keys/x", "/static/none.css"}) {
      var answer = open.get(path).whole();
      assertThat(Knock.header(answer, "content-security-policy"))
          .as(path)
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe")
          .doesNotContain("http");
      assertThat(Knock.header(answer, "x-content-type-options")).isEqualTo("nosniff");
      assertThat(Knock.header(answer, "referrer-policy")).isEqualTo("no-referrer");
      assertThat(Knock.header(answer, "cache-control")).isEqualTo("no-store");
    }
  }

  @Test
  @DisplayName("S21 pages hold no inline script, style or handler")
  void pages_hold_nothing_inline() {
    open.add("openai", "sk-aaaaaaaaaaaaaaaaaaaaaaaa");
    var cookie = open.cookie();
    var id = open.ids("openai").getFirst();
    for (var path :
        new String[] {"/", "/keys/openai", "/keys/openai/" + id, "/logout", "/keys/none"}) {
      assertThat(open.get(path).cookie(cookie).text())
          .as(path)
          .contains("<!DOCTYPE html>")
          .doesNotContain("<style")
          .doesNotContain(" style=")
          .doesNotContainPattern("<script(?! type=\"module\" src=\"/static/)")
          .doesNotContainPattern(" on[a-z]+=")
          .doesNotContain("https://");
    }
  }

  @Test
  void it_owns_its_paths_and_no_others() {
    for (var path :
        new String[] {
          "/",
          "/login",
          "/logout",
          "/keys",
          "/keys/openai",
          "/keys/a/b/c/d",
          "/static/x.css",
          "/api/keys",
          "/api/keys/add/openai",
          "/api/keys/x/y/z",
          "/api/providers",
          "/api/openapi.yaml",
          "/test/run-cleanup/openai"
        }) {
      assertThat(open.console.owns(path)).as(path).isTrue();
    }
    for (var path :
        new String[] {
          "/api/openai/v1/models",
          "/v1/chat/completions",
          "/health/live",
          "/keysfoo",
          "/api/keysfoo",
          "/api/compat/models"
        }) {
      assertThat(open.console.owns(path)).as(path).isFalse();
    }
  }

  @Test
  void unknown_addresses_and_methods_are_told_in_kind() {
    assertThat(open.get("/keys/a/b/c/d").whole().status()).isEqualTo(404);
    assertThat(open.get("/keys/a/b/c/d").text()).contains("<h1>Not found</h1>");
    assertThat(open.get("/api/keys/a/b/c").text()).contains("\"code\":\"not_found\"");
    var answer = open.knock("PUT", "/api/keys").master().whole();
    assertThat(answer.status()).isEqualTo(405);
    assertThat(Knock.header(answer, "allow")).isEqualTo("GET");
  }

  @Test
  void head_is_get_without_a_body() {
    var answer = open.knock("HEAD", "/login").whole();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  @DisplayName("D28 what breaks is told by an id, not by its inside")
  void what_breaks_is_told_by_an_id() {
    var answer = open.post("/test/run-cleanup/mistral").master().whole();

    assertThat(answer.status()).isEqualTo(500);
    assertThat(Knock.text(answer)).contains("internal_error").doesNotContain("pretended");
  }

  @Test
  void without_trials_their_routes_do_not_exist(@TempDir Path other) {
    try (var bare = OpenConsole.in(other)) {
      assertThat(bare.post("/api/keys/test").master().json("{}").status()).isEqualTo(405);
      assertThat(bare.post("/test/run-cleanup/openai").master().status()).isEqualTo(404);
      assertThat(
              bare.post("/api/keys/bulk")
                  .master()
                  .json("{\"action\":\"test\",\"ids\":[]}")
                  .status())
          .isEqualTo(404);
    }
  }
}
