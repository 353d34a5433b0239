package io.onebalance.sdk;

import com.anthropic.errors.AnthropicServiceException;
import io.onebalance.sdk.Sdk.Door;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// The process of an [OlderClient]: one question a line, one answer a line.
final class OlderProgram {
  private OlderProgram() {}

  static void main() throws IOException {
    var from = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var to = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (var line = from.readLine(); line != null; line = from.readLine()) {
      to.println(answer(new JsonObject(line)).encode());
    }
  }

  private static JsonObject answer(JsonObject question) {
    try {
      return new JsonObject().put("said", said(question));
    } catch (RuntimeException thrown) {
      return told(thrown);
    }
  }

  private static Object said(JsonObject question) {
    var sdk = new AnthropicMessages(new Door(question.getString("url"), question.getString("key")));
    var model = question.getString("model");
    var streamed = question.getBoolean("streamed");
    return switch (question.getString("what")) {
      case "say" -> sdk.say(model, streamed);
      case "useTool" -> new JsonArray(sdk.useTool(model, streamed));
      case "invent" -> JsonObject.mapFrom(sdk.invent(model));
      case "models" -> new JsonArray(sdk.models());
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  private static JsonObject told(RuntimeException thrown) {
    var kinds =
        Stream.<Class<?>>iterate(thrown.getClass(), kind -> kind != null, Class::getSuperclass)
            .map(Class::getName)
            .toList();
    var status = thrown instanceof AnthropicServiceException told ? told.statusCode() : 0;
    return new JsonObject()
        .put("kinds", new JsonArray(kinds))
        .put("status", status)
        .put("message", thrown.toString());
  }
}
