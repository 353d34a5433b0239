package io.onebalance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
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
  @DisplayName("D2 the key API takes an unrestricted gateway key and no other")
  void the_api_takes_an_unrestricted_key() {
    assertThat(open.get("/api/keys").master().status()).isEqualTo(200);
    assertThat(open.get("/api/keys").with("x-goog-api-key", OpenConsole.MASTER).status())
        .isEqualTo(200);
    assertThat(open.get("/api/keys?key=" + OpenConsole.MASTER).status()).isEqualTo(200);
    assertThat(open.get("/api/keys").status()).isEqualTo(401);
    assertThat(open.get("/api/keys").key("wrong").text()).contains("\"code\":\"invalid_api_key\"");
    var limited = open.get("/api/keys").key(OpenConsole.LIMITED).whole();
    assertThat(limited.status()).isEqualTo(403);
    assertThat(Knock.text(limited)).contains("\"code\":\"permission_denied\"");
  }

  @Test
  void the_api_takes_a_session_too_and_pages_take_nothing_else() {
    var cookie = open.cookie();

    assertThat(open.get("/api/keys").cookie(cookie).status()).isEqualTo(200);
    assertThat(open.get("/").cookie(cookie).status()).isEqualTo(200);
    assertThat(open.get("/").master().status()).isEqualTo(303);
  }

  @Test
  @DisplayName("S16 with a cookie a change must come from our own pages")
  void a_cookie_needs_our_origin() {
    var cookie = open.cookie();
    for (var path : new String[] {"/keys/openai", "/api/keys/add/openai", "/logout", "/login"}) {
      assertThat(
              open.post(path)
                  .cookie(cookie)
                  .with("origin", "https://evil.example")
                  .form("action=add&keys=sk-evil")
                  .status())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(open.ids("openai")).isEmpty();

    var ours = open.post("/keys/openai").cookie(cookie).with("origin", "https://balance.example");
    assertThat(ours.form("action=add&keys=sk-ours").status()).isEqualTo(303);
    assertThat(open.ids("openai")).hasSize(1);
  }

  @Test
  void a_gateway_key_is_a_proof_from_any_origin() {
    assertThat(
            open.post("/api/keys/add/openai")
                .master()
                .with("origin", "https://app.example")
                .body("text/plain", "sk-1")
                .status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName(
      "S15 D40 the cookie is opaque, out of scripts' and other sites' reach, and goes with TLS only"
          + " behind TLS")
  void the_cookie_is_opaque() {
    var plain = open.post("/login").form("auth_key=" + OpenConsole.MASTER).whole();
    var secure = open.post("/login").secure().form("auth_key=" + OpenConsole.MASTER).whole();

    assertThat(plain.status()).isEqualTo(303);
    assertThat(Knock.header(plain, "location")).isEqualTo("/");
    assertThat(Knock.header(plain, "set-cookie"))
        .matches(
            "one_balance_session=[\\w-]{43}; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict")
        .doesNotContain(OpenConsole.MASTER);
    assertThat(Knock.header(secure, "set-cookie")).endsWith("; Secure");
  }

  @Test
  void a_cookie_is_known_by_its_whole_name() {
    var cookie = open.cookie();

    assertThat(open.get("/").cookie("x" + cookie).status()).isEqualTo(303);
    assertThat(open.get("/").cookie("a=b; " + cookie + "; c=d").status()).isEqualTo(200);
  }

  @Test
  void a_login_needs_an_unrestricted_key() {
    for (var key : new String[] {"wrong", "", OpenConsole.LIMITED}) {
      var answer = open.post("/login").form("auth_key=" + key).whole();
      assertThat(answer.status()).as(key).isEqualTo(403);
      assertThat(Knock.header(answer, "set-cookie")).isNull();
    }
    assertThat(open.post("/login").json("{}").status()).isEqualTo(415);
  }

  @Test
  @DisplayName("S15 sessions end when the gateway key that made them is gone")
  void sessions_end_with_their_key() {
    var cookie = open.cookie();
    open.grants = OpenConsole.grants("another-gateway-key-00000001");

    assertThat(open.get("/").cookie(cookie).status()).isEqualTo(303);
  }

  @Test
  void sessions_end_when_their_key_becomes_restricted() {
    var cookie = open.cookie();
    open.grants = OpenConsole.grants(OpenConsole.MASTER + "=openai");

    assertThat(open.get("/api/keys").cookie(cookie).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("D40 signing out ends the session, and only by POST (S16)")
  void signing_out() {
    var cookie = open.cookie();
    assertThat(open.get("/logout").cookie(cookie).status()).isEqualTo(200);
    assertThat(open.get("/").cookie(cookie).status()).isEqualTo(200);

    var answer = open.post("/logout").cookie(cookie).whole();

    assertThat(Knock.header(answer, "set-cookie")).contains("Max-Age=0");
    assertThat(open.get("/").cookie(cookie).status()).isEqualTo(303);
  }

  @Test
  @DisplayName("S17 guesses are slowed by socket peer, whatever X-Forwarded-For says")
  void guesses_are_slowed() {
    for (var i = 0; i < 5; i++) {
      assertThat(guess("203.0.113.9", "10.0.0." + i)).isEqualTo(403);
    }
    var refused =
        open.post("/login")
            .from("203.0.113.9")
            .with("x-forwarded-for", "10.0.0.99")
            .form("auth_key=" + OpenConsole.MASTER)
            .whole();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(Knock.header(refused, "retry-after")).isEqualTo("1");
    assertThat(guess("203.0.113.10", "10.0.0.1")).isEqualTo(403);
    open.now = open.now.plus(Duration.ofSeconds(1));
    assertThat(
            open.post("/login").from("203.0.113.9").form("auth_key=" + OpenConsole.MASTER).status())
        .isEqualTo(303);
  }

  @Test
  void after_signing_in_people_are_where_they_wanted_to_go() {
    var away = open.get("/keys/openai?status=blocked&q=a%26b").whole();
    assertThat(Knock.header(away, "location"))
        .isEqualTo("/login?next=%2Fkeys%2Fopenai%3Fstatus%3Dblocked%26q%3Da%2526b");
    assertThat(open.get("/login?next=%2Fkeys%2Fopenai").text()).contains("value=\"/keys/openai\"");

    assertThat(next("/keys/openai?status=blocked")).isEqualTo("/keys/openai?status=blocked");
    for (var elsewhere :
        new String[] {
          "https://evil.example", "//evil.example", "/\\evil.example", "/%0d%0aset-cookie:x", ""
        }) {
      assertThat(next(elsewhere))
          .as(elsewhere)
          .doesNotContain("evil")
          .doesNotContain("\n")
          .startsWith("/");
    }
  }

  private String next(String wanted) {
    var answer =
        open.post("/login").form("auth_key=" + OpenConsole.MASTER + "&next=" + wanted).whole();
    return String.valueOf(Knock.header(answer, "location"));
  }

  private int guess(String peer, String forwardedFor) {
    return open.post("/login")
        .from(peer)
        .with("x-forwarded-for", forwardedFor)
        .form("auth_key=guess")
        .status();
  }
}
