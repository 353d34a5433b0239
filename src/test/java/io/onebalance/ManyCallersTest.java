package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Script;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many callers at once over a pool of which half is no good: nobody notices, and the good keys
/// share the work.
final class ManyCallersTest {
  private static final int CALLERS = 300;
  private static final List<String> DEAD = List.of("sk-dead-1", "sk-dead-2", "sk-dead-3");
  private static final List<String> LIMITED = List.of("sk-full-1", "sk-full-2", "sk-full-3");
  private static final List<String> GOOD = List.of("sk-1", "sk-2", "sk-3", "sk-4", "sk-5");
  private static final String HELLO =
      "{\"model\":\"openai/gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  private static void play(Script script) {
    DEAD.forEach(key -> script.key(key, Fault.dead()));
    LIMITED.forEach(key -> script.key(key, Fault.limited(Duration.ofHours(1))));
  }

  @Test
  void nobody_notices_that_half_of_the_keys_are_no_good(@TempDir Path dir) throws Exception {
    try (var house = Running.in(dir)) {
      for (var keys : List.of(DEAD, LIMITED, GOOD)) {
        house.keys("openai", keys.toArray(String[]::new));
      }
      play(house.script);
      var answers = atOnce(() -> house.post("/v1/chat/completions", HELLO));
      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
      assertThat(answers).allSatisfy(one -> assertThat(one.body()).contains("You said: hello"));
      assertThat(answers.stream().mapToLong(ManyCallersTest::attempts).sum())
          .isEqualTo(house.asked());
      assertSpread(house);
      assertLearnt(house);
    }
  }

  private static List<HttpResponse<String>> atOnce(Callable<HttpResponse<String>> call)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = IntStream.range(0, CALLERS).mapToObj(_ -> call).toList();
      var answers = new ArrayList<HttpResponse<String>>();
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static long attempts(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("x-one-balance-attempts").orElseThrow();
  }

  /// No good key did more than twice its share.
  private static void assertSpread(Running house) {
    var work =
        house.sandbox.seen().all().stream()
            .filter(asked -> GOOD.contains(asked.key()))
            .collect(Collectors.groupingBy(Asked::key, Collectors.counting()));
    assertThat(work).hasSize(GOOD.size());
    assertThat(work.values()).allMatch(count -> count <= 2L * CALLERS / GOOD.size());
  }

  private static void assertLearnt(Running house) {
    house.sandbox.seen().forget();
    for (var i = 0; i < 2 * GOOD.size(); i++) {
      var answer = house.post("/v1/chat/completions", HELLO);
      assertThat(attempts(answer)).isEqualTo(1);
    }
    assertThat(house.get("/api/keys?provider=openai&status=blocked").body())
        .contains("\"total\":" + DEAD.size());
    assertThat(house.get("/api/keys?provider=openai&status=cooling").body())
        .contains("\"total\":" + LIMITED.size());
  }
}
