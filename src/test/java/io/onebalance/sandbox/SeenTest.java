package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.sandbox.answer.Heard;
import io.onebalance.sandbox.script.Fault;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SeenTest {
  private static Asked asked(int number) {
    var heard = new Heard(number, Stands.NOON, "GET", "/", List.of(), new byte[0], 0);
    return new Asked(heard, "", "", new CompletableFuture<>());
  }

  @Test
  void path_query_headers_and_body_are_kept_byte_for_byte() throws Exception {
    try (var stands = new Stands()) {
      var body = new byte[] {0, (byte) 0xff, '{', (byte) 0xc3, 1};
      var request =
          stands
              .to("/gemini/v1beta/models/a%2Fb:generateContent?x=%20y&alt=sse&x=")
              .header("x-goog-api-key", "AIza-me")
              .header("X-Odd", "1")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      stands.ask(request);
      var seen = stands.sandbox.seen().last();
      assertThat(seen.heard().method()).isEqualTo("POST");
      assertThat(seen.heard().target())
          .isEqualTo("/gemini/v1beta/models/a%2Fb:generateContent?x=%20y&alt=sse&x=");
      assertThat(seen.heard().body()).isEqualTo(body);
      assertThat(seen.heard().length()).isEqualTo(5);
      assertThat(seen.heard().all("x-odd")).containsExactly("1");
      assertThat(seen.key()).isEqualTo("AIza-me");
      assertThat(seen.model()).isEqualTo("a/b");
      assertThat(seen.ending().get(20, TimeUnit.SECONDS).how()).isEqualTo(Ending.ANSWERED);
    }
  }

  @Test
  @DisplayName("P14 a client that leaves is noticed before the first byte and in mid-stream")
  void leaving_is_noticed() throws Exception {
    try (var stands = new Stands()) {
      stands.script.key("before", Fault.hangs()).key("during", Fault.stallsAfter(50));
      for (var key : List.of("before", "during")) {
        var next = stands.sandbox.seen().nth(stands.sandbox.seen().count() + 1);
        var answer =
            stands.client().sendAsync(stands.chat(key, "m", true), BodyHandlers.ofInputStream());
        var seen = next.get(20, TimeUnit.SECONDS);
        assertThat(seen.left()).isFalse();
        if (key.equals("during")) {
          answer.get(20, TimeUnit.SECONDS).body().close();
        }
        answer.cancel(true);
        assertThat(seen.ending().get(20, TimeUnit.SECONDS).how()).isEqualTo(Ending.LEFT);
        assertThat(seen.left()).isTrue();
      }
    }
  }

  @Test
  void the_nth_request_can_be_waited_for_before_and_after_it_came() {
    var seen = new Seen();
    var second = seen.nth(2);
    seen.add(asked(1));
    assertThat(second).isNotDone();
    seen.add(asked(2));
    assertThat(second.join().heard().number()).isEqualTo(2);
    assertThat(seen.nth(1).join().heard().number()).isEqualTo(1);
  }

  @Test
  void only_the_latest_are_kept_and_numbers_go_on() {
    var seen = new Seen();
    for (var i = 1; i <= 10_005; i++) {
      seen.add(asked(i));
    }
    assertThat(seen.all()).hasSize(10_000);
    assertThat(seen.count()).isEqualTo(10_005);
    assertThat(seen.nth(6).join().heard().number()).isEqualTo(6);
    assertThatThrownBy(() -> seen.nth(5).join()).hasMessageContaining("no longer kept");
    seen.forget();
    assertThat(seen.count()).isZero();
  }
}
