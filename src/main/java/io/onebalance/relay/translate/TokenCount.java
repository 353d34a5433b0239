package io.onebalance.relay.translate;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.TokenEstimate;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import io.onebalance.provider.Provider;
import io.onebalance.route.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Counts the tokens of one request: exactly, by a provider that can, or about.
public final class TokenCount {
  /// What Anthropic's `count_tokens` takes of a request.
  private static final Set<String> COUNTED_BY_ANTHROPIC =
      Set.of("model", "messages", "system", "tools", "tool_choice", "thinking", "output_config");

  /// What Vertex AI's `countTokens` takes, which knows no `generateContentRequest`.
  private static final Set<String> COUNTED_BY_VERTEX =
      Set.of("contents", "systemInstruction", "tools", "generationConfig");

  private static final String WHOLE = "generateContentRequest";

  private final Call call;
  private final ChatRequest request;

  private TokenCount(Call call, ChatRequest request) {
    this.call = call;
    this.request = request;
  }

  /// Of a call that asks for a count.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the body is not what its dialect says
  public static TokenCount of(Call call, JsonNode body) {
    if (!(call instanceof Call.Gemini(_, var model))) {
      return new TokenCount(call, Tongues.of(new Call.Messages()).orElseThrow().read(body));
    }
    var asked = body.has(WHOLE) ? body.get(WHOLE) : body;
    var client = Tongues.of(new Call.Gemini(Call.Verb.GENERATE, model)).orElseThrow();
    return new TokenCount(call, client.read(asked).meaning(model, new Delivery(false, true)));
  }

  /// About so many, in the client's dialect.
  public JsonNode estimate() {
    return shown(TokenEstimate.of(request));
  }

  /// The question for a provider that counts; empty for one that does not.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the provider could not do what is asked
  public Optional<Interpreted> exact(Provider provider, String model) {
    var target = new Target(provider.slug(), model);
    return switch (provider.dialect()) {
      case GEMINI -> Optional.of(atGoogle(Surface.Gemini.of(provider), target));
      case ANTHROPIC -> Optional.of(atAnthropic(target));
      case OPENAI, NONE -> Optional.empty();
    };
  }

  private Interpreted atGoogle(Surface.Gemini surface, Target target) {
    var written = (ObjectNode) Tongues.GEMINI.write(request, target).body();
    var path = surface.at(target.model()) + ":countTokens";
    if (surface.vertex()) {
      return asked(path, written.retain(COUNTED_BY_VERTEX), "totalTokens");
    }
    written.put("model", "models/" + target.model().replaceFirst("^(models|google)/", ""));
    return asked(path, Json.object().set(WHOLE, written), "totalTokens");
  }

  private Interpreted atAnthropic(Target target) {
    var written = (ObjectNode) Tongues.ANTHROPIC.write(request, target).body();
    return asked("/v1/messages/count_tokens", written.retain(COUNTED_BY_ANTHROPIC), "input_tokens");
  }

  private Interpreted asked(String path, JsonNode body, String member) {
    var back = new Translation(List.of(), told -> shown(read(told, member)), Optional.empty());
    return new Interpreted(path, "", body, false, back);
  }

  private static long read(JsonNode told, String member) {
    var count = told.path(member);
    if (!count.isNumber()) {
      throw new UnreadableAnswer(member + ": must be a number");
    }
    return count.asLong(0);
  }

  private JsonNode shown(long tokens) {
    return Json.object().put(call instanceof Call.Gemini ? "totalTokens" : "input_tokens", tokens);
  }
}
