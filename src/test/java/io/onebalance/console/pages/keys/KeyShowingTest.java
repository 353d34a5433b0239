package io.onebalance.console.pages.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyShowingTest {
  private static final String KEY = "sk-canary-0123456789abcdefWXYZ";

  @TempDir Path dir;
  private OpenConsole open;
  private String cookie = "";
  private String path = "";

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
    cookie = open.cookie();
    path = "/keys/openai/" + open.add("openai", KEY).getFirst();
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  @DisplayName("S22 a key is shown only after a fresh sign-in, and each time is in the audit log")
  void a_key_is_shown_after_a_fresh_sign_in() {
    assertThat(sent(path, "action=reveal")).contains(KEY);
    assertThat(newest()).isEqualTo("reveal");

    open.now = open.now.plus(Duration.ofMinutes(11));
    assertThat(sent(path, "action=reveal")).doesNotContain(KEY).contains("name=\"auth_key\"");
    assertThat(sent(path, "action=reveal&auth_key=wrong"))
        .doesNotContain(KEY)
        .contains("This key does not open the console.");
    assertThat(sent(path, "action=reveal&auth_key=" + OpenConsole.LIMITED)).doesNotContain(KEY);
    assertThat(sent(path, "action=reveal&auth_key=" + OpenConsole.MASTER)).contains(KEY);
    assertThat(sent(path, "action=reveal")).as("fresh again").contains(KEY);
  }

  @Test
  @DisplayName("S22 keys are shown sixty times an hour and no more")
  void showing_is_limited() {
    for (var i = 0; i < 60; i++) {
      assertThat(sent(path, "action=reveal")).contains(KEY);
    }
    var refused = open.post(path).cookie(cookie).form("action=reveal").whole();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Knock.text(refused)).doesNotContain(KEY);
  }

  @Test
  @DisplayName("S22 S29 an export asks likewise, is noted, and can be added again")
  void keys_are_exported() {
    open.now = open.now.plus(Duration.ofMinutes(11));
    var list = "/keys/openai?status=active";
    assertThat(sent(list, "action=export-csv&all=1"))
        .doesNotContain(KEY)
        .contains("name=\"all\" value=\"1\"");

    var given = "&all=1&auth_key=" + OpenConsole.MASTER;
    assertThat(sent(list, "action=export-csv" + given).lines())
        .containsExactly("provider,key,remark,account,weight", "openai," + KEY + ",,,1");
    assertThat(newest()).isEqualTo("export");
    var json = sent(list, "action=export-json&all=1");
    assertThat(open.post("/api/keys/add/groq").master().json(json).text()).contains("\"added\":1");
  }

  @Test
  void what_was_deleted_comes_back_for_a_while() {
    var list = "/keys/openai?status=active";
    open.post(path).cookie(cookie).form("action=save&remark=mine&account=acme&weight=7").whole();
    open.post(path).cookie(cookie).form("action=delete").whole();
    assertThat(open.get("/keys/openai").cookie(cookie).text()).contains("value=\"undo\"");
    sent(list, "action=undo");
    var id = open.ids("openai").getFirst();
    assertThat(open.get("/api/keys/" + id).master().text())
        .contains("\"remark\":\"mine\",\"account\":\"acme\",\"weight\":7");

    sent(list, "action=delete&key_id=" + id);
    open.now = open.now.plus(Duration.ofMinutes(3));
    sent(list, "action=undo");
    assertThat(open.ids("openai")).isEmpty();
  }

  private String sent(String target, String form) {
    return open.post(target).cookie(cookie).form(form).text();
  }

  private String newest() {
    return open.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().action();
  }
}
