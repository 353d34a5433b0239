package io.onebalance.relay.translate;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Source;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.FirstCall;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.history.Restored;
import io.onebalance.provider.Provider;
import io.onebalance.route.Call;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Translates one request: its body is read once, and written for each provider that may be asked.
public final class Interpreter {
  private final ClientDialect client;
  private final SignatureMemory memory;
  private final ChatRequest request;
  private final Envelope envelope;
  private final Set<Concession> conceded;

  private Interpreter(
      ClientDialect client,
      SignatureMemory memory,
      ChatRequest request,
      Envelope envelope,
      Set<Concession> conceded) {
    this.client = client;
    this.memory = memory;
    this.request = request;
    this.envelope = envelope;
    this.conceded = conceded;
  }

  /// Of a call that [#reaches] somebody. `requestId` and `created` go into the answer.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the body is not what its dialect says
  public static Interpreter of(
      Call call, JsonNode body, SignatureMemory memory, String requestId, long created) {
    var client = Tongues.of(call).orElseThrow();
    var request = memory.recall(meant(call, client.read(body)));
    return new Interpreter(
        client, memory, request, new Envelope(requestId, created, request, body), Set.of());
  }

  /// The same request without this.
  public Interpreter without(Concession concession) {
    var all = EnumSet.of(concession);
    all.addAll(conceded);
    return switch (concession) {
      case SEALS -> new Interpreter(client, memory, request.unsigned(), envelope, all);
      case SCHEMAS -> new Interpreter(client, memory, request, envelope, all);
    };
  }

  /// The same request with what was fetched in place of links.
  public Interpreter filled(Map<String, Source.Inline> fetched) {
    return new Interpreter(client, memory, MediaLinks.filled(request, fetched), envelope, conceded);
  }

  /// The links that this provider's model would not follow by itself.
  public List<String> links(Provider provider, String model) {
    var dialect = Surface.of(provider, model).orElseThrow().dialect();
    var target = new Target(provider.slug(), model);
    return MediaLinks.in(request, media -> !dialect.fetches(media, target));
  }

  /// Whether this call can be translated for this provider's model.
  public static boolean reaches(Call call, Provider provider, String model) {
    return Tongues.of(call).isPresent() && Surface.of(provider, model).isPresent();
  }

  /// Gemini's clients say in the path which model they mean, and whether they want a stream.
  private static ChatRequest meant(Call call, ChatRequest request) {
    return call instanceof Call.Gemini(var verb, var model)
        ? request.meaning(model, new Delivery(verb.streams(), true))
        : request;
  }

  /// The request as this provider's model takes it.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the provider could not do what is asked
  public Interpreted forTarget(Provider provider, String model) {
    return interpreted(Surface.of(provider, model).orElseThrow(), provider, model);
  }

  private Interpreted interpreted(Surface surface, Provider provider, String model) {
    var stream = request.delivery().stream();
    var out = dialect(surface).write(request, new Target(provider.slug(), model));
    return new Interpreted(
        surface.path(model, stream),
        surface.query(stream),
        out.body(),
        stream,
        new Translation(
            told(out),
            answer -> whole(surface.dialect(), out, answer),
            Optional.of(words -> stream(surface.dialect(), out, words))));
  }

  private ProviderDialect dialect(Surface surface) {
    return conceded.contains(Concession.SCHEMAS) ? surface.dialect().modest() : surface.dialect();
  }

  private List<String> told(Outgoing out) {
    return Stream.concat(out.dropped().stream(), conceded.stream().map(Concession::told)).toList();
  }

  private JsonNode whole(ProviderDialect provider, Outgoing asked, JsonNode answer) {
    var read = provider.read(answer, envelope.requestId());
    var reply = Restored.reply(asked.oneCall() ? FirstCall.reply(read) : read, asked.renamed());
    memory.note(reply);
    return client.write(reply, envelope);
  }

  private StreamTranslator stream(
      ProviderDialect provider, Outgoing asked, UnaryOperator<String> words) {
    var told = provider.stream(envelope.requestId());
    var reader = Restored.stream(asked.oneCall() ? FirstCall.stream(told) : told, asked.renamed());
    return new StreamTranslator(reader, client.stream(envelope), memory::note, words);
  }
}
