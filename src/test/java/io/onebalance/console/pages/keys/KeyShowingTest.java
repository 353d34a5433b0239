package io.onebalance.console.pages.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.console.web.Percent;
import io.onebalance.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    sent("/keys/cohere", "action=add&keys=" + Percent.encode(json));
    assertThat(open.keyring.find(open.ids("cohere").getFirst()).orElseThrow().key().secret())
        .as("the same file, given in the console")
        .isEqualTo(new Secret(KEY));
  }

  @Test
  void what_was_deleted_comes_back_for_a_while() {
    var list = "/keys/openai?status=active";
    open.post(path).cookie(cookie).form("action=save&remark=mine&account=acme&weight=7").whole();
    open.post(path).cookie(cookie).form("action=delete").whole();
    undo(list);
    var id = open.ids("openai").getFirst();
    assertThat(open.get("/api/keys/" + id).master().text())
        .contains("\"remark\":\"mine\",\"account\":\"acme\",\"weight\":7");

    sent(list, "action=delete&key_id=" + id);
    open.now = open.now.plus(Duration.ofMinutes(3));
    undo(list);
    assertThat(open.ids("openai")).isEmpty();
  }

  @Test
  void only_what_a_page_offers_to_take_back_is_taken_back() {
    var list = "/keys/openai";
    sent(path, "action=delete");
    var first = offered();
    var other = open.add("openai", "sk-another-0123456789abcdefWXYZ").getFirst();
    sent(list, "action=delete&key_id=" + other);
    var second = offered();

    sent(list, "action=undo&undo=" + first);
    assertThat(open.ids("openai")).as("another one came after it").isEmpty();
    sent(list, "action=undo&undo=" + second);
    assertThat(open.ids("openai")).hasSize(1);
    sent(list, "action=undo&undo=" + second);
    assertThat(open.ids("openai")).hasSize(1);
  }

  @Test
  void more_keys_than_can_come_back_are_deleted_after_a_question() {
    open.add(
        "openai",
        IntStream.range(1, Deleting.MOST_HELD)
            .mapToObj("sk-many-0123456789abcdef-%04d"::formatted)
            .toArray(String[]::new));
    var ids = open.ids("openai");
    var all =
        "&key_id=gone-meanwhile"
            + ids.stream().map(id -> "&key_id=" + id).collect(Collectors.joining());
    var asked = sent("/keys/openai", "action=delete" + all);
    assertThat(asked).contains("value=\"delete-sure\"").contains("1,001 keys");
    assertThat(open.ids("openai")).isEqualTo(ids);

    open.add("openai", "sk-stays-0123456789abcdef");
    sent("/keys/openai", "action=delete-sure" + all);
    assertThat(open.ids("openai")).as("what was not chosen").hasSize(1);
  }

  private void undo(String list) {
    sent(list, "action=undo&undo=" + offered());
  }

  /// What the next page offers to take back.
  private String offered() {
    var page = open.get("/keys/openai").cookie(cookie).text();
    assertThat(page).contains("value=\"undo\"");
    return page.replaceAll("(?s).*name=\"undo\" value=\"([^\"]+)\".*", "$1");
  }

  private String sent(String target, String form) {
    return open.post(target).cookie(cookie).form(form).text();
  }

  private String newest() {
    return open.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().action();
  }
}
