package io.onebalance.relay.translate;

import io.onebalance.chat.ChatRequest;
import io.onebalance.chat.Delivery;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.Restored;
import io.onebalance.dialect.Target;
import io.onebalance.provider.Provider;
import io.onebalance.route.Call;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Translates one request: its body is read once, and written for each provider that may be asked.
public final class Interpreter {
  private final ClientDialect client;
  private final SignatureMemory memory;
  private final ChatRequest request;
  private final Envelope envelope;

  private Interpreter(
      ClientDialect client, SignatureMemory memory, ChatRequest request, Envelope envelope) {
    this.client = client;
    this.memory = memory;
    this.request = request;
    this.envelope = envelope;
  }

  /// Of a call that [#reaches] somebody. `requestId` and `created` go into the answer.
  ///
  /// @throws io.onebalance.dialect.BadRequest where the body is not what its dialect says
  public static Interpreter of(
      Call call, JsonNode body, SignatureMemory memory, String requestId, long created) {
    var client = Tongues.of(call).orElseThrow();
    var request = memory.recall(meant(call, client.read(body)));
    return new Interpreter(
        client, memory, request, new Envelope(requestId, created, request, body));
  }

  /// The same request without the seals of earlier answers.
  public Interpreter unsigned() {
    return new Interpreter(client, memory, request.unsigned(), envelope);
  }

  /// Whether this call can be translated for this provider.
  public static boolean reaches(Call call, Provider provider) {
    return Tongues.of(call).isPresent() && Surface.of(provider).isPresent();
  }

  /// Gemini's clients say in the path which model they mean, and whether they want a stream.
  private static ChatRequest meant(Call call, ChatRequest request) {
    return call instanceof Call.Gemini(var verb, var model)
        ? request.meaning(model, new Delivery(verb == Call.Verb.STREAM, true))
        : request;
  }

  /// The request as this provider's model takes it.
  ///
  /// @throws io.onebalance.dialect.BadRequest where the provider could not do what is asked
  public Interpreted forTarget(Provider provider, String model) {
    return interpreted(Surface.of(provider).orElseThrow(), provider, model);
  }

  private Interpreted interpreted(Surface surface, Provider provider, String model) {
    var stream = request.delivery().stream();
    var out = surface.dialect().write(request, new Target(provider.slug(), model));
    return new Interpreted(
        surface.path(model, stream),
        surface.query(stream),
        out.body(),
        stream,
        new Translation(
            out.dropped(),
            answer -> whole(surface.dialect(), out, answer),
            Optional.of(clean -> stream(surface.dialect(), out, clean))));
  }

  private JsonNode whole(ProviderDialect provider, Outgoing asked, JsonNode answer) {
    var reply = Restored.reply(provider.read(answer, envelope.requestId()), asked.renamed());
    memory.note(reply);
    return client.write(reply, envelope);
  }

  private StreamTranslator stream(
      ProviderDialect provider, Outgoing asked, UnaryOperator<String> clean) {
    var reader = Restored.stream(provider.stream(envelope.requestId()), asked.renamed());
    return new StreamTranslator(reader, client.stream(envelope), memory::note, clean);
  }
}
