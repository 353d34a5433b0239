package io.onebalance.sandbox.answer.alike;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Prompt;
import io.onebalance.sandbox.answer.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Embeddings: unit vectors drawn from the text, the same for the same text.
public final class Embeddings {
  private static final int LONGEST = 4_096;
  private static final String LIST =
      """
      {
        "object": "list",
        "data": [$],
        "model": $,
        "usage": {"prompt_tokens": $, "total_tokens": $}
      }
      """;

  private Embeddings() {}

  /// OpenAI's: numbers, or base64 of little-endian floats, which its SDKs ask for by default.
  public static Reply openAi(Ask ask) {
    var body = ask.body();
    var size = size(body.path("dimensions").asInt(0), 1_536);
    var base64 = body.path("encoding_format").asString("float").equals("base64");
    var inputs = inputs(body.path("input"));
    var data = new ArrayList<String>();
    for (var i = 0; i < inputs.size(); i++) {
      var vector = vector(inputs.get(i), size);
      data.add(
          "{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}"
              .formatted(i, base64 ? Json.quoted(base64(vector)) : numbers(vector)));
    }
    var tokens = Prompt.of(body).tokens();
    return Reply.json(
        200, Json.filled(LIST, String.join(",\n", data), Json.quoted(ask.named()), tokens, tokens));
  }

  public static Reply gemini(Ask ask) {
    if (ask.method().equals("embedContent")) {
      return Reply.json(200, "{\n\"embedding\": " + values(ask.body()) + "\n}\n");
    }
    var all =
        ask.body().path("requests").values().stream()
            .map(Embeddings::values)
            .collect(Collectors.joining(",\n"));
    return Reply.json(200, "{\n\"embeddings\": [" + all + "]\n}\n");
  }

  private static String values(JsonNode request) {
    var own = request.path("outputDimensionality").asInt(0);
    var within = request.path("embedContentConfig").path("outputDimensionality").asInt(0);
    var text = request.path("content").toString();
    return "{\"values\": " + numbers(vector(text, size(Math.max(own, within), 3_072))) + "}";
  }

  /// One text, several, or token numbers.
  private static List<String> inputs(JsonNode input) {
    var many = input.isArray() && !input.isEmpty() && !input.get(0).isNumber();
    return many
        ? input.values().stream().map(JsonNode::toString).toList()
        : List.of(input.toString());
  }

  private static int size(int asked, int usual) {
    return asked > 0 ? Math.min(asked, LONGEST) : usual;
  }

  private static float[] vector(String text, int size) {
    var random = new Random(text.hashCode());
    var raw = random.doubles(size, -1, 1).toArray();
    var length = Math.sqrt(Arrays.stream(raw).map(x -> x * x).sum());
    var vector = new float[size];
    for (var i = 0; i < size; i++) {
      vector[i] = (float) (raw[i] / length);
    }
    return vector;
  }

  private static String numbers(float[] vector) {
    return IntStream.range(0, vector.length)
        .mapToObj(i -> Float.toString(vector[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String base64(float[] vector) {
    var bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (var value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
