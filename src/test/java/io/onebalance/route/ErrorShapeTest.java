package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Fields;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorShapeTest {
  @ParameterizedTest
  @CsvSource({
    "POST, /v1/chat/completions, '', OPENAI",
    "POST, /v1/chat/completions, anthropic-version, OPENAI",
    "POST, /v1/embeddings, x-goog-api-key, OPENAI",
    "POST, /v1/messages, '', ANTHROPIC",
    "POST, /api/compat/v1/messages/count_tokens, '', ANTHROPIC",
    "HEAD, /api/compat/api/hello, '', ANTHROPIC",
    "POST, /v1beta/models/m:generateContent, '', GOOGLE",
    "GET, /v1/models, '', OPENAI",
    "GET, /v1/models, anthropic-version, ANTHROPIC",
    "GET, /v1/models, x-goog-api-key, GOOGLE",
    "GET, /v1/models, x-goog-api-client, GOOGLE",
    "GET, /v1beta/models, '', GOOGLE",
    "GET, /v1beta/models/m, '', GOOGLE",
    "GET, /api/compat/v1beta/models, anthropic-version, ANTHROPIC",
    "POST, /api/google-ai-studio/v1beta/models/m:generateContent, '', GOOGLE",
    "GET, /api/google/v1beta/files, '', GOOGLE",
    "POST, /api/google-ai-studio/v1beta/openai/chat/completions, x-goog-api-key, OPENAI",
    "POST, /v1beta/models/m:streamGenerateContent, '', GOOGLE_ARRAY",
    "POST, /v1beta/models/m:streamGenerateContent?alt=sse, '', GOOGLE",
    "POST, /api/my-own/v1/models/m:streamGenerateContent, '', GOOGLE_ARRAY",
    "POST, /api/my-own/v1/models/m:streamGenerateContent?alt=sse, '', GOOGLE",
    "POST, /api/my-own/v1/models/m:streamRawPredict, '', GOOGLE",
    "POST, /api/anthropic/v1/messages, '', ANTHROPIC",
    "POST, /api/openrouter/v1/messages, '', ANTHROPIC",
    "GET, /api/anthropic/v1/files, '', ANTHROPIC",
    "POST, /api/openai/v1/chat/completions, '', OPENAI",
    "POST, /api/custom/x, anthropic-version, ANTHROPIC",
    "GET, /nowhere, '', OPENAI",
    "GET, /nowhere, x-goog-api-key, GOOGLE",
  })
  void an_error_wears_what_its_reader_knows(
      String method, String path, String header, ErrorShape shape) {
    var parts = path.split("\\?", 2);
    var endpoint = Endpoint.parse(method, parts[0], parts.length > 1 ? parts[1] : "");
    assertThat(ErrorShape.of(endpoint, having(header))).isEqualTo(shape);
  }

  private static Fields having(String... names) {
    return name -> Arrays.asList(names).contains(name) ? "x" : null;
  }
}
