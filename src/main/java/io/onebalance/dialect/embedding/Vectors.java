package io.onebalance.dialect.embedding;

import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Vectors in JSON: arrays of numbers, or base64 of their float32 in little-endian order, which is
/// what OpenAI's SDKs ask for.
final class Vectors {
  private Vectors() {}

  static JsonNode write(float[] vector, boolean base64) {
    if (base64) {
      var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      return JsonNodeFactory.instance.stringNode(Base64.getEncoder().encodeToString(bytes.array()));
    }
    var numbers = Json.array();
    for (var number : vector) {
      numbers.add(number);
    }
    return numbers;
  }

  static float[] read(JsonNode written) {
    if (written.isString()) {
      return decoded(written.stringValue());
    }
    if (!written.isArray() || written.isEmpty()) {
      throw new UnreadableAnswer("an embedding is no array of numbers");
    }
    var vector = new float[written.size()];
    for (var i = 0; i < vector.length; i++) {
      if (!written.get(i).isNumber()) {
        throw new UnreadableAnswer("an embedding is no array of numbers");
      }
      vector[i] = (float) written.get(i).doubleValue();
    }
    return vector;
  }

  private static float[] decoded(String base64) {
    try {
      var bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.remaining() == 0 || bytes.remaining() % Float.BYTES != 0) {
        throw new UnreadableAnswer("an embedding is no whole number of floats");
      }
      var vector = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(vector);
      return vector;
    } catch (IllegalArgumentException broken) {
      throw new UnreadableAnswer("an embedding is no base64");
    }
  }

  /// Brings a vector to length 1, as clients expect who compare by dot product.
  static float[] normalised(float[] vector) {
    var sum = 0.0;
    for (var number : vector) {
      sum += (double) number * number;
    }
    var length = Math.sqrt(sum);
    if (length == 0 || !Double.isFinite(length)) {
      return vector;
    }
    var unit = new float[vector.length];
    for (var i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /// As many as were asked for, or it is not our answer.
  static List<float[]> counted(List<float[]> vectors, EmbeddingRequest part) {
    if (vectors.size() != part.inputs().size()) {
      throw new UnreadableAnswer(
          "%d embeddings for %d inputs".formatted(vectors.size(), part.inputs().size()));
    }
    return vectors;
  }
}
