package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.OpenAiClient;
import io.onebalance.dialect.openai.OpenAiProvider;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The parsers of Chat Completions: what is read can be written again, and what cannot be read is
/// said to be so.
final class OpenAiTargets {
  private static final OpenAiClient CLIENT = new OpenAiClient();
  private static final OpenAiProvider PROVIDER = new OpenAiProvider();
  private static final String ID = "r-1";

  private OpenAiTargets() {}

  /// The first line names a provider, the second a model; the rest is a client's request.
  static void request(byte[] input) {
    var parts = new Input(input);
    var target = new io.onebalance.dialect.Target(parts.line(), parts.line());
    Json.read(parts.rest())
        .ifPresent(body -> {
          try {
            var written = PROVIDER.write(CLIENT.read(body), target).body();
            assertThat(Json.read(Json.bytes(written))).hasValue(written);
          } catch (BadRequest refused) {
            assertThat(refused.where()).isNotEmpty();
          }
        });
  }

  /// A provider's whole answer, which a client reads as it was.
  static void answer(byte[] input) {
    Json.read(input)
        .ifPresent(body -> {
          try {
            var reply = PROVIDER.read(body, ID);
            var written = CLIENT.write(reply, envelope());
            assertThat(PROVIDER.read(written, ID).choices()).hasSameSizeAs(reply.choices());
          } catch (UnreadableAnswer odd) {
            assertThat(odd.getMessage()).isNotEmpty();
          }
        });
  }

  /// A provider's stream: it ends or it fails, wherever it is cut, and so does what a client hears.
  static void stream(byte[] input) {
    var parts = new Input(input);
    var size = parts.number(1, 4096);
    var stream = parts.rest();
    var deltas = heard(stream, stream.length + 1);
    assertThat(heard(stream, size)).isEqualTo(deltas);
    var failed = deltas.stream().filter(Delta.Failed.class::isInstance).count();
    assertThat(failed).isEqualTo(deltas.getLast() instanceof Delta.Failed ? 1 : 0);
    var writer = CLIENT.stream(envelope());
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    var again = heard(bytes.toByteArray(), bytes.size() + 1);
    assertThat(again.getLast() instanceof Delta.Failed)
        .isEqualTo(deltas.getLast() instanceof Delta.Failed);
  }

  private static List<Delta> heard(byte[] stream, int size) {
    var events = new Events(1 << 20);
    var reader = PROVIDER.stream(ID);
    var all = new ArrayList<Event>();
    for (var from = 0; from < stream.length; from += size) {
      all.addAll(events.feed(stream, from, Math.min(stream.length, from + size)));
    }
    events.rest().ifPresent(all::add);
    var deltas = new ArrayList<Delta>();
    all.forEach(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  private static Envelope envelope() {
    JsonNode written = Json.object();
    var request =
        new ChatRequest(
            "m",
            List.of(),
            Tools.NONE,
            Sampling.UNSAID,
            Limits.UNSAID,
            Reasoning.UNSAID,
            new OutputFormat.Text(),
            new Delivery(true, true),
            Map.of());
    return new Envelope(ID, 0, request, written);
  }
}
