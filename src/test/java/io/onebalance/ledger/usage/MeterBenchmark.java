package io.onebalance.ledger.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onebalance.ledger.Tokens;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What it costs to read the tokens of a whole answer of about 1 KiB, of one event of a stream, and
/// of a stream of a hundred.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MeterBenchmark {
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":1200,\"completion_tokens\":345,\"total_tokens\":1545,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":1024,\"audio_tokens\":0},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":64,\"audio_tokens\":0}}";

  private final byte[] whole =
      ("{\"id\":\"chatcmpl-0123456789\",\"object\":\"chat.completion\",\"created\":1795262400,"
           + "\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
           + "\"content\":\""
              + "word ".repeat(120)
              + "\"},\"finish_reason\":\"stop\"}],"
              + USAGE
              + "}")
          .getBytes(UTF_8);

  private final byte[] event =
      ("data: {\"id\":\"chatcmpl-0123456789\",\"object\":\"chat.completion.chunk\",\"created\":"
              + "1795262400,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":"
              + "{\"content\":\" word\"},\"finish_reason\":null}],\"usage\":null}\n\n")
          .getBytes(UTF_8);

  private final byte[] last = ("data: {\"choices\":[]," + USAGE + "}\n\n").getBytes(UTF_8);

  private final Meter running = Meter.of("text/event-stream");

  @Benchmark
  public Tokens wholeAnswer() {
    var meter = Meter.of("application/json");
    meter.feed(whole, 0, whole.length);
    return meter.tokens(true, () -> 0);
  }

  @Benchmark
  public Meter oneEvent() {
    running.feed(event, 0, event.length);
    return running;
  }

  @Benchmark
  public Tokens hundredEvents() {
    var meter = Meter.of("text/event-stream");
    for (var i = 0; i < 100; i++) {
      meter.feed(event, 0, event.length);
    }
    meter.feed(last, 0, last.length);
    return meter.tokens(true, () -> 0);
  }
}
