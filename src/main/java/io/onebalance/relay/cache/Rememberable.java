package io.onebalance.relay.cache;

import io.onebalance.dialect.json.Json;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.route.Call;
import io.onebalance.route.Endpoint;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which requests may be answered from memory at all: conversations and embeddings that leave
/// nothing behind at a provider. What belongs to one key (files, batches, stored responses) is
/// asked for each time.
final class Rememberable {
  /// A longer body is not looked at: it takes long to compare and hardly ever comes again.
  static final int LONGEST = 1 << 20;

  private static final List<String> PATHS =
      List.of(
          "/chat/completions",
          "/embeddings",
          "/messages",
          ":generateContent",
          ":streamGenerateContent",
          ":embedContent",
          ":batchEmbedContents");

  /// They carry on what is kept at a provider.
  private static final Set<String> CARRIED_ON = Set.of("previous_response_id", "conversation");

  private Rememberable() {}

  static boolean is(Exchange exchange, List<Errand> errands) {
    return exchange.method().equals(HttpMethod.POST)
        && exchange.body() instanceof Body.Kept(var bytes)
        && bytes.length() <= LONGEST
        && errands.stream().allMatch(Rememberable::isForAnyKey)
        && isConversation(exchange.endpoint(), bytes);
  }

  private static boolean isForAnyKey(Errand errand) {
    return errand.only().isEmpty()
        && errand.scope().isEmpty()
        && errand.traits().shown() == Errand.Shown.AS_IT_CAME;
  }

  private static boolean isConversation(Endpoint endpoint, Buffer body) {
    return switch (endpoint) {
      case Endpoint.Compat(var call, _) -> isConversation(call, body);
      case Endpoint.Native asked when asked.path().endsWith("/responses") ->
          leavesNothing(body, false);
      case Endpoint.Native asked ->
          PATHS.stream().anyMatch(asked.path()::endsWith) && leavesNothing(body, true);
      case Endpoint.NotFound _ -> false;
    };
  }

  private static boolean isConversation(Call call, Buffer body) {
    return switch (call) {
      case Call.Chat(), Call.Messages(), Call.Embeddings() -> leavesNothing(body, true);
      case Call.Responses() -> leavesNothing(body, false);
      case Call.Gemini(var verb, _) -> verb != Call.Verb.COUNT_TOKENS;
      case Call.CountTokens(), Call.Models _, Call.Model _, Call.Hello() -> false;
    };
  }

  /// Whether the answer is not stored at the provider, and none that is stored there is carried on.
  private static boolean leavesNothing(Buffer body, boolean unlessSaid) {
    return Json.read(Bytes.of(body)).map(tree -> leavesNothing(tree, unlessSaid)).orElse(false);
  }

  private static boolean leavesNothing(JsonNode tree, boolean unlessSaid) {
    var isStored = isSaid(tree, "store") ? tree.path("store").asBoolean(true) : !unlessSaid;
    return !isStored && CARRIED_ON.stream().noneMatch(name -> isSaid(tree, name));
  }

  private static boolean isSaid(JsonNode tree, String name) {
    return tree.hasNonNull(name);
  }
}
