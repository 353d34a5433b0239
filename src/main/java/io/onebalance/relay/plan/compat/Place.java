package io.onebalance.relay.plan.compat;

import io.onebalance.provider.Provider;
import io.onebalance.provider.answer.Dialect;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.translate.EmbeddingInterpreter;
import io.onebalance.route.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a provider takes a call, and the name it knows the model by there. `provider` is the one
/// that was meant, or the same behind Cloudflare's `/compat`.
record Place(Provider provider, String path, String model) {
  /// Empty where the provider does not speak the call's dialect.
  static Optional<Place> of(Call call, Targets.Target target, Snapshot snapshot) {
    var atCloudflare =
        call instanceof Call.Chat ? translated(target, snapshot) : Optional.<Place>empty();
    return atCloudflare.or(() ->
        path(call, target.provider(), target.model())
            .map(path -> new Place(target.provider(), path, target.model())));
  }

  /// Compat chat as the gateway translates it, where the operator leaves that to it.
  private static Optional<Place> translated(Targets.Target target, Snapshot snapshot) {
    var provider = target.provider();
    return snapshot.cloudflareTranslates() && provider.viaGateway(snapshot.way())
        ? provider
            .atCompat()
            .map(at ->
                new Place(at.provider(), "/chat/completions", at.prefix() + "/" + target.model()))
        : Optional.empty();
  }

  private static Optional<String> path(Call call, Provider provider, String model) {
    return switch (call) {
      case Call.Chat() ->
          speaksItsOwn(provider) || provider.servesOnlyResponses(model)
              ? Optional.empty()
              : provider.compatPath("chat/completions");
      case Call.Embeddings() ->
          EmbeddingInterpreter.isOpenAis(provider)
              ? provider.compatPath("embeddings")
              : Optional.empty();
      case Call.Responses() ->
          provider.servesResponses(model) ? provider.compatPath("responses") : Optional.empty();
      case Call.Messages() -> speaks(provider, Dialect.ANTHROPIC, "/v1/messages");
      case Call.CountTokens() -> speaks(provider, Dialect.ANTHROPIC, "/v1/messages/count_tokens");
      case Call.Gemini(var verb, _) -> gemini(verb, provider, model);
      case Call.Models _, Call.Model _, Call.Hello _ -> Optional.empty();
    };
  }

  /// Vertex AI counts and makes vectors in its own way.
  private static Optional<String> gemini(Call.Verb verb, Provider provider, String model) {
    var isConversation = verb == Call.Verb.GENERATE || verb.streams();
    return provider.slug().equals("google-vertex-ai") && !isConversation
        ? Optional.empty()
        : speaks(
            provider,
            Dialect.GEMINI,
            "/v1beta/models/"
                + URLEncoder.encode(model, StandardCharsets.UTF_8)
                + ":"
                + verb.word());
  }

  static String objection(Call call, Provider provider) {
    return provider.slug()
        + " does not take "
        + switch (call) {
          case Call.Chat(), Call.Embeddings(), Call.Responses() -> "calls in OpenAI's dialect";
          case Call.Messages(), Call.CountTokens() -> "calls in Anthropic's dialect";
          case Call.Gemini _ -> "calls in Gemini's dialect";
          case Call.Models _, Call.Model _, Call.Hello _ -> "this call";
        }
        + " and has nothing that they could be translated to; its own API is at /api/"
        + provider.slug()
        + "/….";
  }

  /// Whether chat is better translated than asked of an imitation of OpenAI's API: Google's refuses
  /// fields that it does not know and words its errors in its own way.
  private static boolean speaksItsOwn(Provider provider) {
    return provider.dialect() == Dialect.GEMINI || provider.dialect() == Dialect.ANTHROPIC;
  }

  private static Optional<String> speaks(Provider provider, Dialect dialect, String path) {
    return provider.dialect() == dialect ? Optional.of(path) : Optional.empty();
  }
}
