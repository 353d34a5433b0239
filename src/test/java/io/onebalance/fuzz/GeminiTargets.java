package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.gemini.GeminiClient;
import io.onebalance.dialect.gemini.GeminiProvider;
import io.onebalance.dialect.history.Restored;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Gemini's dialect. The first line says what the rest is: `request` and the model that it goes to,
/// `answer`, or `stream`.
///
/// What is read can be written by the same dialect, what cannot be read is refused in its own way,
/// and nothing else happens; a stream fails at most once, and then ends.
final class GeminiTargets implements io.onebalance.fuzz.Target {
  private static final Envelope ENVELOPE = envelope();

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var line = parts.line();
    if (line.equals("stream")) {
      stream(parts.rest());
    } else if (line.equals("answer")) {
      Json.read(parts.rest()).ifPresent(GeminiTargets::answer);
    } else {
      Json.read(parts.rest()).ifPresent(body -> request(body, line.replaceFirst("^request ", "")));
    }
  }

  private static void request(JsonNode body, String model) {
    ChatRequest request;
    try {
      request = new GeminiClient().read(body);
    } catch (BadRequest refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    for (var provider : List.of("google-ai-studio", "google-vertex-ai")) {
      for (var reduced : List.of(true, false)) {
        try {
          var outgoing = new GeminiProvider(reduced).write(request, new Target(provider, model));
          assertThat(outgoing.body().path("contents").isEmpty()).isFalse();
          new GeminiClient().read(outgoing.body());
        } catch (BadRequest refused) {
          assertThat(refused.where()).isNotBlank();
        }
      }
    }
  }

  private static void answer(JsonNode body) {
    Reply reply;
    try {
      reply = new GeminiProvider().read(body, "r-1");
    } catch (UnreadableAnswer unreadable) {
      assertThat(unreadable.getMessage()).isNotBlank();
      return;
    }
    var written = new GeminiClient().write(Restored.reply(reply, Map.of()), ENVELOPE);
    var again = new GeminiProvider().read(written, "r-1");
    assertThat(again.choices()).hasSameSizeAs(reply.choices());
    assertThat(again.usage()).isEqualTo(reply.usage());
  }

  private static void stream(byte[] stream) {
    var reader = new GeminiProvider().stream("r-1");
    var events = new Events(1 << 20);
    var deltas = new ArrayList<Delta>();
    events.feed(stream).forEach(event -> deltas.addAll(reader.read(event)));
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    assertThat(deltas).isNotEmpty();
    assertThat(deltas.stream().filter(Delta.Failed.class::isInstance).count()).isLessThan(2);
    var writer = new GeminiClient().stream(ENVELOPE);
    var gathering = new Gathering();
    for (var delta : deltas) {
      gathering.add(delta);
      writer.write(delta);
    }
    writer.end();
    assertThat(gathering.reply().choices()).isNotEmpty();
  }

  private static Envelope envelope() {
    var body =
        Json.read(
                """
                {"model": "m", "generationConfig": {"thinkingConfig": {"includeThoughts": true}}}
                """)
            .orElseThrow();
    return new Envelope("r-1", 0, new GeminiClient().read(body), body);
  }
}
