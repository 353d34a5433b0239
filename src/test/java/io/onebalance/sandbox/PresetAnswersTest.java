package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the sandbox answers without playing a provider: answers for benchmarks, and its own page.
final class PresetAnswersTest {
  @Test
  void a_static_answer_has_exactly_so_many_bytes_and_is_not_noted() throws Exception {
    try (var stands = new Stands()) {
      for (var size : new int[] {300, 1_200, 100_000}) {
        var path = "/static/%d/v1/chat/completions".formatted(size);
        assertThat(stands.askBytes(stands.to(path).GET().build()).body()).hasSize(size);
      }
      assertThat(stands.sandbox.seen().count()).isZero();
    }
  }

  @Test
  void a_static_stream_has_so_many_events() throws Exception {
    try (var stands = new Stands()) {
      var body = stands.ask(stands.to("/events/5000/v1/chat/completions").GET().build()).body();
      assertThat(body.split("\n\n", -1)).hasSize(5_000 + 2);
      assertThat(body).endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void the_page_and_the_document_tell_of_every_name() throws Exception {
    try (var stands = new Stands()) {
      var page = stands.ask(stands.to("/").GET().build()).body();
      var document = Files.readString(Path.of("docs/sandbox.md"), StandardCharsets.UTF_8);
      stands
          .script
          .behaviours()
          .forEach((name, about) -> {
            assertThat(page).contains("<td>" + name + "</td><td>" + about + "</td>");
            assertThat(document).contains("| `" + name + "` | " + about + " |");
          });
    }
  }
}
