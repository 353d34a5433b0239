package io.onebalance.dialect.responses;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Files of this dialect, and what tests ask of both sides of it.
final class Vectors {
  static final String ID = "req-1";
  private static final Path FOLDER = Path.of("src/test/resources/dialect/responses");

  private Vectors() {}

  static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(FOLDER.resolve(file));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  static JsonNode json(String file) {
    return Json.read(bytes(file)).orElseThrow();
  }

  static JsonNode parsed(String text) {
    return Json.read(text).orElseThrow();
  }

  static Envelope envelope(String written) {
    var body = parsed(written);
    ChatRequest request = new ResponsesClient().read(body);
    return new Envelope(ID, 1_760_000_000, request, body);
  }

  /// The deltas of a stream that comes in these pieces.
  static List<Delta> read(List<byte[]> pieces) {
    var reader = new ResponsesProvider().stream(ID);
    var events = new Events(1 << 20);
    var deltas = new ArrayList<Delta>();
    for (var piece : pieces) {
      events.feed(piece).forEach(event -> deltas.addAll(reader.read(event)));
    }
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  static List<Delta> read(String stream) {
    return read(List.of(stream.getBytes(StandardCharsets.UTF_8)));
  }

  static List<byte[]> cut(byte[] stream, int at) {
    return List.of(Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, at, stream.length));
  }

  static Reply gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    return gathering.reply();
  }

  /// The events that a client hears of these deltas.
  static List<Event> told(Envelope envelope, List<Delta> deltas) {
    var writer = new ResponsesClient().stream(envelope);
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    return new Events(1 << 20).feed(bytes.toByteArray());
  }

  static JsonNode data(Event event) {
    return Json.read(event.data()).orElseThrow();
  }
}
