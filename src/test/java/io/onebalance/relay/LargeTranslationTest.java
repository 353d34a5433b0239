package io.onebalance.relay;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What takes long to translate is translated beside the event loop, so that others need not wait
/// for it.
class LargeTranslationTest {
  private static final int MANY = 10_000;

  private final Rig rig = new Rig();
  private final BareServer upstream =
      new BareServer(line -> answer(line, 1), line -> answer(line, MANY));

  LargeTranslationTest() {
    rig.keys("openai", "sk-a-key-for-large-bodies");
    rig.at("openai", upstream.url() + "/v1");
  }

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  /// Calls as many tools as that, and says that it is done.
  private static void answer(Line line, int calls) throws IOException {
    line.hear();
    var all =
        IntStream.range(0, calls)
            .mapToObj(i ->
                "{\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"
                    .formatted(i))
            .collect(joining(","));
    var body =
        "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"finish_reason\":\"tool_calls\",\"message\":{\"role\":\"assistant\",\"content\":null,"
            + "\"tool_calls\":["
            + all
            + "]}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9,\"total_tokens\":18}}";
    line.say(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String asked(int turns) {
    var all =
        IntStream.range(0, turns)
            .mapToObj(i ->
                "{\"role\":\"%s\",\"content\":\"turn %d\"}"
                    .formatted(i % 2 == 0 ? "user" : "assistant", i))
            .collect(joining(","));
    return "{\"model\":\"openai/gpt-4o-mini\",\"max_tokens\":64,\"messages\":[" + all + "]}";
  }

  private void ask(int turns) {
    assertThat(rig.post("/v1/messages", asked(turns)).statusCode()).isEqualTo(200);
  }

  /// The CPU time of all threads, in ns.
  private static Map<Long, Long> times() {
    var threads = ManagementFactory.getThreadMXBean();
    var times = new HashMap<Long, Long>();
    for (var id : threads.getAllThreadIds()) {
      times.put(id, Math.max(0, threads.getThreadCpuTime(id)));
    }
    return times;
  }

  /// What threads of this name used since then.
  private static long used(String name, Map<Long, Long> since) {
    var now = times();
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith(name))
        .mapToLong(thread -> {
          var id = thread.getThreadId();
          return now.getOrDefault(id, 0L) - since.getOrDefault(id, 0L);
        })
        .sum();
  }

  @Test
  void the_work_is_done_by_workers() {
    ask(1);
    var before = times();
    ask(MANY + 1);
    assertThat(used("vert.x-worker-thread", before))
        .isGreaterThan(used("vert.x-eventloop-thread", before))
        .isPositive();
  }
}
