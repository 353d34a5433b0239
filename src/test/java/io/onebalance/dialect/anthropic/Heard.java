package io.onebalance.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a client hears of deltas, and what a reader makes of the bytes of a provider.
public final class Heard {
  private Heard() {}

  public static byte[] bytes(Envelope envelope, List<Delta> deltas) {
    var writer = new AnthropicClient().stream(envelope);
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    return bytes.toByteArray();
  }

  /// The data of all events. Each has its type in an `event:` line, as the SDKs want it.
  public static List<JsonNode> events(Envelope envelope, Delta... deltas) {
    return new Events(1 << 20)
        .feed(bytes(envelope, List.of(deltas))).stream().map(Heard::data).toList();
  }

  /// The same in short: `start text`, `delta text_delta`, `stop`, with the block's number.
  public static List<String> inShort(Envelope envelope, Delta... deltas) {
    return events(envelope, deltas).stream().map(Heard::inShort).toList();
  }

  /// What a reader makes of a stream in pieces of this size.
  public static List<Delta> read(byte[] stream, int size) {
    var pieces = new ArrayList<byte[]>();
    for (var from = 0; from < stream.length; from += size) {
      pieces.add(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + size)));
    }
    return read(pieces);
  }

  public static List<Delta> read(List<byte[]> pieces) {
    var reader = new AnthropicProvider().stream(Say.REQUEST_ID);
    var events = new Events(1 << 20);
    var deltas = new ArrayList<Delta>();
    for (var piece : pieces) {
      events.feed(piece).forEach(event -> deltas.addAll(reader.read(event)));
    }
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  public static List<Delta> read(String stream) {
    return read(stream.getBytes(UTF_8), Integer.MAX_VALUE - 8);
  }

  public static Reply gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    assertThat(gathering.failure()).isEmpty();
    return gathering.reply();
  }

  private static JsonNode data(Event event) {
    var data = Json.read(event.data()).orElseThrow();
    assertThat(event.type()).isEqualTo(data.path("type").asString(""));
    return data;
  }

  private static String inShort(JsonNode event) {
    var index = event.path("index").asString("");
    return switch (event.path("type").stringValue()) {
      case "content_block_start" ->
          index + " start " + event.path("content_block").path("type").stringValue();
      case "content_block_delta" -> index + " " + Json.text(event.path("delta"));
      case "content_block_stop" -> index + " stop";
      case "message_delta" -> Json.text(event.path("delta"));
      default -> event.path("type").stringValue();
    };
  }
}
