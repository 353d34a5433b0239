package io.onebalance.relay.translate;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.embedding.EmbeddingProvider;
import io.onebalance.dialect.embedding.EmbeddingReply;
import io.onebalance.dialect.embedding.EmbeddingRequest;
import io.onebalance.dialect.embedding.GeminiEmbeddingClient;
import io.onebalance.dialect.embedding.OpenAiEmbeddingClient;
import io.onebalance.provider.Provider;
import io.onebalance.route.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Translates one request for vectors: its body is read once, and written for each provider that
/// may be asked.
public final class EmbeddingInterpreter {
  private static final OpenAiEmbeddingClient OPENAI = new OpenAiEmbeddingClient();
  private static final GeminiEmbeddingClient GEMINI = new GeminiEmbeddingClient();

  private final EmbeddingRequest request;
  private final Function<EmbeddingReply, JsonNode> answer;

  private EmbeddingInterpreter(
      EmbeddingRequest request, Function<EmbeddingReply, JsonNode> answer) {
    this.request = request;
    this.answer = answer;
  }

  /// Of a call for vectors.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the body is not what its dialect says
  public static EmbeddingInterpreter of(Call call, JsonNode body) {
    if (!(call instanceof Call.Gemini(var verb, var model))) {
      var request = OPENAI.read(body);
      return new EmbeddingInterpreter(request, reply -> OPENAI.write(reply, request));
    }
    return verb == Call.Verb.EMBED
        ? new EmbeddingInterpreter(GEMINI.readOne(body, model), GEMINI::writeOne)
        : new EmbeddingInterpreter(GEMINI.readMany(body, model), GEMINI::writeMany);
  }

  /// Whether such calls can be translated for this provider's model.
  public static boolean reaches(Provider provider, String model) {
    return EmbeddingSurface.of(provider, model).isPresent();
  }

  /// Whether this provider takes what OpenAI's clients write, byte for byte.
  public static boolean isOpenAis(Provider provider) {
    return EmbeddingSurface.isOpenAis(provider);
  }

  /// The request as this provider's model takes it.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the provider could not do what is asked
  public Batch forTarget(Provider provider, String model) {
    var surface = EmbeddingSurface.of(provider, model).orElseThrow();
    var asked = surface.dialect().write(request, new Target(provider.slug(), model));
    return new Batch(
        asked.stream().map(part -> part(surface, part)).toList(),
        asked.stream().flatMap(part -> part.dropped().stream()).distinct().toList(),
        answers -> joined(surface.dialect(), asked, answers));
  }

  private Interpreted part(EmbeddingSurface surface, EmbeddingProvider.Asked part) {
    var back =
        new Translation(
            part.dropped(),
            told -> joined(surface.dialect(), List.of(part), List.of(told)),
            Optional.empty());
    return new Interpreted(surface.path(), "", part.body(), false, back);
  }

  private JsonNode joined(
      EmbeddingProvider dialect, List<EmbeddingProvider.Asked> asked, List<JsonNode> answers) {
    var replies = new ArrayList<EmbeddingReply>();
    for (var i = 0; i < asked.size(); i++) {
      replies.add(dialect.read(answers.get(i), asked.get(i)));
    }
    return answer.apply(EmbeddingReply.joined(replies));
  }
}
