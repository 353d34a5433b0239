package io.onebalance.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.route.resource.Resources;
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
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What finding the model costs, beside a streaming parse of the same body by Jackson.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ModelBenchmark {
  private static final String CHAT = "/v1/chat/completions";
  private static final String TYPE = "application/json";

  /// About how long the body is, in bytes.
  @Param({"1024", "40960", "31457280"})
  int size;

  private final JsonFactory factory = new JsonFactory();
  private byte[] body = new byte[0];

  /// Makes a chat of many short turns, or of one long one where it is large.
  @Setup
  public void write() {
    var turn = "{\"role\":\"user\",\"content\":\"Tell me a \\\"story\\\" of the sea. ä\\n%s\"}";
    var filling = "x".repeat(size > 1 << 20 ? 1 << 16 : 150);
    var text = new StringBuilder("{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[");
    while (text.length() < size - turn.length() - filling.length() - 2) {
      text.append(turn.formatted(filling)).append(',');
    }
    body = text.append(turn.formatted("")).append("]}").toString().getBytes(UTF_8);
  }

  @Benchmark
  public Found finder() {
    return ModelFinder.find(TYPE, body);
  }

  @Benchmark
  public Object resources() {
    return Resources.named(CHAT, "", body);
  }

  @Benchmark
  public Object line() {
    return Endpoint.parse("POST", "/api/openai/v1/chat/completions", "");
  }

  @Benchmark
  public Object jackson() {
    var name = "";
    try (var parser = factory.createParser(ObjectReadContext.empty(), body)) {
      var depth = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1
            && token == JsonToken.PROPERTY_NAME
            && parser.currentName().equals("model")) {
          parser.nextToken();
          name = parser.getString() + parser.currentTokenLocation().getByteOffset();
        }
      }
    }
    return name;
  }
}
