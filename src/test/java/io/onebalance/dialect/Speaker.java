package io.onebalance.dialect;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.anthropic.AnthropicClient;
import io.onebalance.dialect.anthropic.AnthropicProvider;
import io.onebalance.dialect.gemini.GeminiClient;
import io.onebalance.dialect.gemini.GeminiProvider;
import io.onebalance.dialect.history.Restored;
import io.onebalance.dialect.openai.OpenAiClient;
import io.onebalance.dialect.openai.OpenAiProvider;
import io.onebalance.dialect.responses.ResponsesClient;
import io.onebalance.dialect.responses.ResponsesProvider;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dialect with both its sides, and what counts in its words.
record Speaker(String name, ClientDialect client, ProviderDialect provider) {
  static final String REQUEST_ID = "req-7f3a";
  private static final int LONGEST_EVENT = 1 << 20;

  static final List<Speaker> ALL =
      List.of(
          new Speaker("openai", new OpenAiClient(), new OpenAiProvider()),
          new Speaker("responses", new ResponsesClient(), new ResponsesProvider()),
          new Speaker("anthropic", new AnthropicClient(), new AnthropicProvider()),
          new Speaker("gemini", new GeminiClient(), new GeminiProvider()));

  static Optional<Speaker> named(String name) {
    return ALL.stream().filter(speaker -> speaker.name.equals(name)).findFirst();
  }

  Shape shape() {
    return Shape.of(name);
  }

  /// What this dialect's provider streams, as deltas. The pieces are as long as they are given.
  List<Delta> heard(List<byte[]> pieces) {
    return heard(pieces, Map.of());
  }

  /// The same, where tools were renamed in the request.
  List<Delta> heard(List<byte[]> pieces, Map<String, ToolName> renamed) {
    var reader = Restored.stream(provider.stream(REQUEST_ID), renamed);
    var events = new Events(LONGEST_EVENT);
    var deltas = new ArrayList<Delta>();
    for (var piece : pieces) {
      for (var event : events.feed(piece)) {
        if (failed(deltas)) {
          return deltas;
        }
        deltas.addAll(reader.read(event));
      }
    }
    if (!failed(deltas)) {
      events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    }
    if (!failed(deltas)) {
      deltas.addAll(reader.end());
    }
    return deltas;
  }

  private static boolean failed(List<Delta> deltas) {
    return !deltas.isEmpty() && deltas.getLast() instanceof Delta.Failed;
  }

  /// What this dialect's client hears of these deltas.
  List<Event> told(List<Delta> deltas, Envelope envelope) {
    var writer = client.stream(envelope);
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    return events(bytes.toByteArray());
  }

  static List<Event> events(byte[] stream) {
    var events = new Events(LONGEST_EVENT);
    var all = new ArrayList<>(events.feed(stream));
    events.rest().ifPresent(all::add);
    return all;
  }
}
