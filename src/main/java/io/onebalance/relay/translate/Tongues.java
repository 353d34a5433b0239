package io.onebalance.relay.translate;

import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.anthropic.AnthropicClient;
import io.onebalance.dialect.anthropic.AnthropicProvider;
import io.onebalance.dialect.gemini.GeminiClient;
import io.onebalance.dialect.gemini.GeminiProvider;
import io.onebalance.dialect.openai.OpenAiClient;
import io.onebalance.dialect.openai.OpenAiProvider;
import io.onebalance.dialect.responses.ResponsesClient;
import io.onebalance.dialect.responses.ResponsesProvider;
import io.onebalance.route.Call;
import java.util.Optional;

/// The dialects that are spoken here. Translators keep nothing between requests.
final class Tongues {
  static final ProviderDialect OPENAI = new OpenAiProvider();
  static final ProviderDialect ANTHROPIC = new AnthropicProvider();
  static final ProviderDialect GEMINI = new GeminiProvider();

  static final ProviderDialect RESPONSES_PROVIDER = new ResponsesProvider();

  private static final ClientDialect CHAT = new OpenAiClient();
  private static final ClientDialect RESPONSES = new ResponsesClient();
  private static final ClientDialect MESSAGES = new AnthropicClient();
  private static final ClientDialect GENERATE = new GeminiClient();
  private static final ClientDialect GENERATE_ARRAY = new GeminiClient(true);

  private Tongues() {}

  /// The dialect of a call, where it is a conversation.
  static Optional<ClientDialect> of(Call call) {
    return switch (call) {
      case Call.Chat() -> Optional.of(CHAT);
      case Call.Responses() -> Optional.of(RESPONSES);
      case Call.Messages() -> Optional.of(MESSAGES);
      case Call.Gemini(var verb, _) ->
          switch (verb) {
            case GENERATE, STREAM -> Optional.of(GENERATE);
            case STREAM_ARRAY -> Optional.of(GENERATE_ARRAY);
            case COUNT_TOKENS, EMBED, EMBED_MANY -> Optional.empty();
          };
      case Call.CountTokens _, Call.Embeddings _, Call.Models _, Call.Model _, Call.Hello _ ->
          Optional.empty();
    };
  }
}
