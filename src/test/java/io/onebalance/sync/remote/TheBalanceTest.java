package io.onebalance.sync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.remote.Far.Answer;
import io.onebalance.sync.remote.Far.Asked;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TheBalanceTest {
  private static final String COOKIE = "auth_key=its-key";

  /// Two pages of one provider, as its list shows them, and one blocked key of another.
  private static Answer balance(Asked asked) {
    if (!asked.opening().equals(COOKIE)) {
      return new Answer(303, "");
    }
    return switch (asked.target()) {
      case "/keys/groq?status=active&page=1" -> page("id-1", "id-2");
      case "/keys/groq?status=active&page=2" -> page("id-3");
      case "/keys/cerebras-ai?status=blocked&page=1" -> page("id-4");
      case "/api/keys/id-1/coolings" -> record("gsk-1", "groq", "Active");
      case "/api/keys/id-2/coolings" -> record("gsk-2", "groq", "Active");
      case "/api/keys/id-3/coolings" -> record("", "groq", "Active");
      case "/api/keys/id-4/coolings" -> record("csk-4", "cerebras-ai", "Blocked");
      case "/api/keys/add/groq", "/api/keys/add/cerebras-ai" ->
          new Answer(200, "Keys added successfully");
      case "/api/keys/add/openai" -> new Answer(500, "Database error: busy");
      default -> asked.target().startsWith("/keys/") ? page() : new Answer(404, "Key not found");
    };
  }

  static Answer page(String... ids) {
    var rows = new StringBuilder("<form><input type=\"checkbox\" id=\"all\">");
    for (var id : ids) {
      rows.append("<input type=\"checkbox\" name=\"key_id[]\" value=\"" + id + "\" class=\"c\">");
    }
    return new Answer(200, rows.append("</form>").toString());
  }

  private static Answer record(String key, String provider, String status) {
    return record(key, provider, status, "{}");
  }

  static Answer record(String key, String provider, String status, String coolings) {
    return new Answer(
        200,
        ("{\"id\":\"x\",\"key\":\"%s\",\"provider\":\"%s\",\"status\":\"%s\",\"model_coolings\":%s,"
                + "\"total_cooling_seconds\":30,\"created_at\":1754900000,\"success_rate\":0.9}")
            .formatted(key, provider, status, coolings));
  }

  @Test
  void all_keys_are_read_by_page_and_id() throws Exception {
    try (var far = new Far(TheBalanceTest::balance)) {
      var reading = new TheBalance(far.url() + "/", new Secret("its-key")).read();
      assertThat(reading.keys())
          .containsExactly(
              key("cerebras-ai", "csk-4", Optional.of("blocked where it came from")),
              key("groq", "gsk-1", Optional.empty()),
              key("groq", "gsk-2", Optional.empty()));
      assertThat(reading.flaws()).containsExactly("key id-3 has no text");
    }
  }

  private static Carried key(String provider, String key, Optional<String> blocked) {
    return new Carried(provider, new Secret(key), "", "", 0, blocked, Map.of(), 30, 1_754_900_000);
  }

  @Test
  @DisplayName("D38 the way to the login page is no success")
  void a_redirect_is_a_refusal() {
    try (var far = new Far(TheBalanceTest::balance)) {
      var balance = new TheBalance(far.url(), new Secret("wrong"));
      assertThatThrownBy(balance::read).isInstanceOf(Refusal.class).hasMessageContaining("303");
      assertThatThrownBy(() -> balance.bring(List.of(Carried.bare("groq", "a")), false))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void keys_in_use_are_brought_under_its_own_names() throws Exception {
    try (var far = new Far(TheBalanceTest::balance)) {
      var balance = new TheBalance(far.url(), new Secret("its-key"));
      var keys =
          List.of(
              Carried.bare("groq", "a"),
              key("groq", "b", Optional.of("dead")),
              Carried.bare("cerebras", "c"),
              Carried.bare("groq", "d"));
      assertThat(balance.bring(keys, true)).hasSize(4);
      assertThat(far.asked).isEmpty();
      assertThat(balance.bring(keys, false))
          .hasExactlyElementsOfTypes(
              Fate.Added.class, Fate.Skipped.class, Fate.Added.class, Fate.Added.class);
      assertThat(far.asked)
          .containsExactly(
              new Asked("POST", "/api/keys/add/groq", COOKIE, "a\nd"),
              new Asked("POST", "/api/keys/add/cerebras-ai", COOKIE, "c"));
      assertThatThrownBy(() -> balance.bring(List.of(Carried.bare("openai", "e")), false))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Refusal.class);
    }
  }
}
