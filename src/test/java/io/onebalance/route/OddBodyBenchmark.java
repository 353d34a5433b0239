package io.onebalance.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long a body of ill will is looked at before it is refused (F46: at most 5 ms).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class OddBodyBenchmark {
  private static final String NAMED = "{\"model\":\"gpt-4o\",";

  /// What is odd.
  @Param({"depth", "number", "duplicate"})
  String odd = "";

  private byte[] body = new byte[0];

  @Setup
  public void write() {
    var text =
        switch (odd) {
          case "depth" -> NAMED + "\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
          case "number" -> NAMED + "\"a\":" + "9".repeat(1_000_000) + "}";
          // Parameters of benchmarks are texts.
          default -> NAMED + "\"a\":\"" + "x".repeat(1_000_000) + "\",\"model\":\"gpt-4\"}";
        };
    body = text.getBytes(UTF_8);
  }

  @Benchmark
  public Found refuse() {
    return ModelFinder.find("application/json", body);
  }
}
