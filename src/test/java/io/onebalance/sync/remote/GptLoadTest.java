package io.onebalance.sync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Names;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.remote.Far.Answer;
import io.onebalance.sync.remote.Far.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GptLoadTest {
  private static final Names NAMES = new Names(Map.of("work", "mistral"), Catalogue.builtIn());

  private static Answer gptLoad(Asked asked) {
    if (!asked.opening().equals("Bearer its-key")) {
      return new Answer(401, "{\"code\":\"UNAUTHORIZED\",\"message\":\"no such key\"}");
    }
    return switch (asked.target()) {
      case "/api/groups" ->
          data(
              "[{\"id\":1,\"name\":\"gemini-pool\",\"channel_type\":\"gemini\"},"
                  + "{\"id\":2,\"name\":\"groq\",\"channel_type\":\"openai\"},"
                  + "{\"id\":3,\"name\":\"work\",\"channel_type\":\"openai\"}]");
      case "/api/keys?group_id=1&page=1&page_size=500" ->
          page(2, "{\"id\":1,\"key_value\":\"AIza-1\",\"status\":\"active\",\"notes\":\"Ann's\"}");
      case "/api/keys?group_id=1&page=2&page_size=500" ->
          page(2, "{\"id\":2,\"key_value\":\"AIza-2\",\"status\":\"invalid\"}");
      case "/api/keys?group_id=2&page=1&page_size=500" ->
          page(1, "{\"id\":3,\"key_value\":\"failed-to-decrypt\",\"status\":\"active\"}");
      case "/api/keys?group_id=3&page=1&page_size=500" -> page(0, "");
      case "/api/keys/add-multiple" -> data("{\"added_count\":1,\"ignored_count\":0}");
      default -> new Answer(404, "");
    };
  }

  private static Answer data(String json) {
    return new Answer(200, "{\"code\":0,\"message\":\"Success\",\"data\":" + json + "}");
  }

  private static Answer page(int pages, String items) {
    return data("{\"items\":[" + items + "],\"pagination\":{\"total_pages\":" + pages + "}}");
  }

  private static GptLoad at(Far far) {
    return new GptLoad(far.url(), new Secret("its-key"), NAMES);
  }

  @Test
  void the_keys_of_all_groups_are_read() throws Exception {
    try (var far = new Far(GptLoadTest::gptLoad)) {
      var reading = at(far).read();
      assertThat(reading.keys()).hasSize(2);
      assertThat(reading.keys().getFirst().provider()).isEqualTo("google-ai-studio");
      assertThat(reading.keys().getFirst().remark()).isEqualTo("Ann's");
      assertThat(reading.keys().getLast().blocked()).isPresent();
      assertThat(reading.flaws()).containsExactly("key 3 has no text");
    }
  }

  @Test
  void keys_are_brought_to_the_group_of_their_provider_once() throws Exception {
    try (var far = new Far(GptLoadTest::gptLoad)) {
      var keys =
          List.of(
              Carried.bare("google-ai-studio", "AIza-1"),
              Carried.bare("google-ai-studio", "AIza-9"),
              Carried.bare("mistral", "m-1"),
              Carried.bare("anthropic", "sk-ant"),
              new Carried("groq", new Secret("g"), "", "", 0, Optional.of("dead"), Map.of(), 0, 0));
      assertThat(at(far).bring(keys, true)).hasSize(5);
      assertThat(far.asked).noneMatch(asked -> asked.method().equals("POST"));
      assertThat(at(far).bring(keys, false))
          .containsExactly(
              new Fate.Same(),
              new Fate.Added(),
              new Fate.Added(),
              new Fate.Failed("there is no group for it"),
              new Fate.Skipped("blocked keys are not brought where they would be used"));
      assertThat(far.asked.stream().filter(asked -> asked.method().equals("POST")).map(Asked::body))
          .containsExactly(
              "{\"group_id\":1,\"keys_text\":\"AIza-9\"}",
              "{\"group_id\":3,\"keys_text\":\"m-1\"}");
    }
  }

  @Test
  @DisplayName("D38 a group is read once, however many pieces are brought to it")
  void a_group_is_read_once() throws Exception {
    try (var far = new Far(GptLoadTest::gptLoad)) {
      var place = at(far);
      for (var piece = 0; piece < 3; piece++) {
        place.bring(List.of(Carried.bare("mistral", "m-" + piece)), false);
      }
      assertThat(place.bring(List.of(Carried.bare("mistral", "m-1")), false))
          .containsExactly(new Fate.Same());
      assertThat(far.asked).filteredOn(asked -> asked.method().equals("GET")).hasSize(2);
      assertThat(far.asked).filteredOn(asked -> asked.method().equals("POST")).hasSize(3);
    }
  }

  @Test
  @DisplayName("D38 what was not added is tried again")
  void a_piece_that_failed_is_no_part_of_the_group() throws Exception {
    var fails = new AtomicBoolean(true);
    Far.Script script =
        asked ->
            asked.method().equals("POST") && fails.getAndSet(false)
                ? new Answer(500, "")
                : gptLoad(asked);
    try (var far = new Far(script)) {
      var place = at(far);
      var keys = List.of(Carried.bare("mistral", "m-1"));
      assertThatThrownBy(() -> place.bring(keys, false)).isNotInstanceOf(Refusal.class);
      assertThat(place.bring(keys, false)).containsExactly(new Fate.Added());
      assertThat(far.asked.getLast().body()).isEqualTo("{\"group_id\":3,\"keys_text\":\"m-1\"}");
    }
  }

  @Test
  void a_wrong_key_is_told_in_its_words() {
    try (var far = new Far(GptLoadTest::gptLoad)) {
      assertThatThrownBy(() -> new GptLoad(far.url(), new Secret("x"), NAMES).read())
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("401: no such key");
    }
  }
}
