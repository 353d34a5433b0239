package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.OpenAiRequestTest.saying;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a provider answers, as it is read however it is cut, and what a client hears of it.
final class Heard {
  static final String ID = "r-1";
  static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

  private Heard() {}

  static Reply read(String message, String reason) {
    var body =
        "{\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":%s}]}"
            .formatted(message, reason);
    return new OpenAiProvider().read(Json.read(body).orElseThrow(), ID);
  }

  /// The deltas of a stream of these chunks' choices, however it is cut.
  static List<Delta> heard(boolean done, String... choices) {
    var stream = new StringBuilder();
    for (var choice : choices) {
      stream.append("data: {\"choices\":[").append(choice).append("]}\n\n");
    }
    return heard(stream + (done ? "data: [DONE]\n\n" : ""));
  }

  static List<Delta> heard(String stream) {
    var bytes = stream.getBytes(UTF_8);
    var whole = heard(bytes, bytes.length);
    for (var cut = 1; cut < bytes.length; cut++) {
      assertThat(heard(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
    }
    var returns = stream.replace("\n", "\r\n").getBytes(UTF_8);
    assertThat(heard(returns, returns.length)).isEqualTo(whole);
    return whole;
  }

  private static List<Delta> heard(byte[] stream, int cut) {
    var events = new Events(1 << 20);
    var reader = new OpenAiProvider().stream(ID);
    var deltas = new ArrayList<Delta>();
    events.feed(stream, 0, cut).forEach(event -> deltas.addAll(reader.read(event)));
    events
        .feed(Arrays.copyOfRange(stream, cut, stream.length))
        .forEach(event -> deltas.addAll(reader.read(event)));
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  static String delta(String delta) {
    return "{\"index\":0,\"delta\":%s,\"finish_reason\":null}".formatted(delta);
  }

  static String finish(String reason) {
    return "{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}".formatted(reason);
  }

  static Reply gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    assertThat(gathering.failure()).isEmpty();
    return gathering.reply();
  }

  static Envelope envelope(String more) {
    var body = "{\"model\":\"asked\",\"messages\":[%s]%s}".formatted(HI, more);
    return new Envelope(ID, 7, saying(HI, more), Json.read(body).orElseThrow());
  }

  static String told(List<Delta> deltas, String more) {
    var writer = new OpenAiClient().stream(envelope(more));
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    return bytes.toString(UTF_8);
  }
}
