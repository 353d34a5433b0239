package io.onebalance.key.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of choices.
class WhysTest {
  private final Whys whys = new Whys();

  private static Why why(String keyId) {
    return new Why(
        Instant.EPOCH,
        "m",
        new Taken(keyId, How.TURN, 1, List.of()),
        new Crowd(1, 1, 0, 0),
        List.of());
  }

  @Test
  void the_oldest_request_is_forgotten_for_the_newest() {
    var ring = whys.ring();
    for (var i = 0; i <= Whys.REQUESTS; i++) {
      ring.keep("request " + i, List.of(why("a"), why("b")));
    }
    assertThat(whys.of("request 0")).isEmpty();
    assertThat(whys.of("request 1")).extracting(Why::keyId).containsExactly("a", "b");
    assertThat(whys.of("request " + Whys.REQUESTS)).hasSize(2);
    assertThat(whys.of("")).isEmpty();
  }

  @Test
  void many_threads_keep_and_read() throws Exception {
    var threads =
        List.of("a", "b", "c", "d").stream()
            .map(name -> Thread.ofVirtual().start(() -> keep(name)))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    for (var name : List.of("a", "b", "c", "d")) {
      assertThat(whys.of(name + 299)).extracting(Why::keyId).containsExactly(name);
    }
  }

  private void keep(String name) {
    var ring = whys.ring();
    for (var i = 0; i < 300; i++) {
      ring.keep(name + i, List.of(why(name)));
      assertThat(whys.of(name + i)).hasSize(1);
    }
  }
}
