package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.responses.ResponsesClient;
import io.onebalance.dialect.responses.ResponsesProvider;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the Responses dialect reads. The first line says what it is (`request`, `answer`, else a
/// stream), the rest is that.
///
/// It is read or refused, and what is read can be written again: the whole answer and its stream
/// alike, and each is readable.
final class ResponsesTargets implements Target {
  private static final io.onebalance.dialect.Target ASKED =
      new io.onebalance.dialect.Target("openai", "gpt-5.2");
  private static final JsonNode HELLO =
      Json.read(
              "{\"model\":\"m\",\"input\":\"Hi\",\"include\":[\"reasoning.encrypted_content\"],"
                  + "\"tools\":[{\"type\":\"custom\",\"name\":\"f\"}]}")
          .orElseThrow();

  private final ResponsesClient client = new ResponsesClient();
  private final ResponsesProvider provider = new ResponsesProvider();

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    switch (parts.line()) {
      case "request" -> Json.read(parts.rest()).ifPresent(this::request);
      case "answer" -> Json.read(parts.rest()).ifPresent(this::answer);
      default -> stream(parts.rest());
    }
  }

  private void request(JsonNode body) {
    try {
      var request = client.read(body);
      var again = client.read(provider.write(request, ASKED).body());
      assertThat(again.model()).isEqualTo(ASKED.model());
      new ResponsesClient().stream(new Envelope("id", 0, request, body)).end();
    } catch (BadRequest refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private void answer(JsonNode body) {
    try {
      var reply = provider.read(body, "id");
      provider.read(client.write(reply, envelope()), "id");
    } catch (UnreadableAnswer unreadable) {
      assertThat(unreadable.getMessage()).isNotBlank();
    }
  }

  private void stream(byte[] bytes) {
    var deltas = read(bytes);
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    client.write(gathering.reply(), envelope());
    var writer = client.stream(envelope());
    var told = new ByteArrayOutputStream();
    deltas.forEach(delta -> told.writeBytes(writer.write(delta)));
    told.writeBytes(writer.end());
    var again = read(told.toByteArray());
    assertThat(again.getLast().getClass()).isEqualTo(deltas.getLast().getClass());
  }

  /// Ends in a failure or a finish, and nothing comes behind either.
  private List<Delta> read(byte[] bytes) {
    var reader = provider.stream("id");
    var events = new Events(1 << 20);
    var deltas = new ArrayList<Delta>();
    for (Event event : events.feed(bytes)) {
      deltas.addAll(reader.read(event));
    }
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    assertThat(deltas)
        .filteredOn(delta -> delta instanceof Delta.Failed || delta instanceof Delta.Finished)
        .containsExactly(deltas.getLast());
    return deltas;
  }

  private Envelope envelope() {
    return new Envelope("id", 0, client.read(HELLO), HELLO);
  }
}
