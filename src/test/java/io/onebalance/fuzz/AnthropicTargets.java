package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.anthropic.AnthropicClient;
import io.onebalance.dialect.anthropic.AnthropicProvider;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Requests, answers and streams of Anthropic's dialect: each is read or refused, and what was read
/// can be written again and read once more.
final class AnthropicTargets {
  private static final AnthropicClient CLIENT = new AnthropicClient();
  private static final AnthropicProvider PROVIDER = new AnthropicProvider();
  private static final String ID = "0194f0c2-7b1a";
  private static final int LONGEST = 1 << 20;

  private static final Envelope ENVELOPE = envelope();

  private AnthropicTargets() {}

  /// The first line is the provider's model, the rest the body of a request.
  static void request(byte[] input) {
    var parts = new Input(input);
    var target = new io.onebalance.dialect.Target("anthropic", parts.line());
    Json.read(parts.rest())
        .ifPresent(body -> {
          try {
            CLIENT.read(PROVIDER.write(CLIENT.read(body), target).body());
          } catch (BadRequest refused) {
            assertThat(refused.where()).isNotEmpty();
          }
        });
  }

  static void answer(byte[] input) {
    Json.read(input)
        .ifPresent(body -> {
          try {
            var reply = PROVIDER.read(body, ID);
            assertThat(reply.choices()).hasSize(1);
            PROVIDER.read(CLIENT.write(reply, ENVELOPE), ID);
          } catch (UnreadableAnswer refused) {
            assertThat(refused.getMessage()).isNotEmpty();
          }
        });
  }

  /// The first line is how many bytes come at once.
  static void stream(byte[] input) {
    var parts = new Input(input);
    var size = parts.number(1, 64);
    var stream = parts.rest();
    var deltas = read(stream, LONGEST);
    assertThat(read(stream, size)).isEqualTo(deltas);
    var ending = deltas.getLast();
    assertThat(ending).isInstanceOfAny(Delta.Failed.class, Delta.Finished.class, Delta.Used.class);
    var again = read(written(deltas), LONGEST);
    assertThat(failed(again)).isEqualTo(failed(deltas));
    gather(deltas);
  }

  private static Envelope envelope() {
    var body = Json.object().put("model", "mine");
    body.putObject("thinking").put("type", "adaptive");
    return new Envelope(ID, 0, CLIENT.read(body), body);
  }

  private static List<Delta> read(byte[] stream, int size) {
    var reader = PROVIDER.stream(ID);
    var events = new Events(LONGEST);
    var deltas = new ArrayList<Delta>();
    for (var from = 0; from < stream.length; from += size) {
      events
          .feed(stream, from, Math.min(stream.length, from + size))
          .forEach(event -> deltas.addAll(reader.read(event)));
    }
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  private static byte[] written(List<Delta> deltas) {
    var writer = CLIENT.stream(ENVELOPE);
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    return bytes.toByteArray();
  }

  private static boolean failed(List<Delta> deltas) {
    return deltas.getLast() instanceof Delta.Failed;
  }

  private static void gather(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    assertThat(gathering.reply().choices()).hasSize(1);
  }
}
