package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectTest {
  @ParameterizedTest
  @DisplayName("F3 only calls that leave nothing behind are repeated")
  @CsvSource({
    "GET, /v1/files, REPEATABLE",
    "POST, /v1/chat/completions, REPEATABLE",
    "POST, /v1/completions, REPEATABLE",
    "POST, /v1/messages, REPEATABLE",
    "POST, /v1/messages/count_tokens, REPEATABLE",
    "POST, /v1/embeddings, REPEATABLE",
    "POST, /v1/audio/transcriptions, REPEATABLE",
    "POST, /v1beta/models/m:generateContent, REPEATABLE",
    "POST, /v1beta/models/m:streamGenerateContent, REPEATABLE",
    "POST, /v1beta/models/m:batchEmbedContents, REPEATABLE",
    "POST, /model/m/converse, REPEATABLE",
    "POST, /v1beta/models/m:batchGenerateContent, ONCE",
    "POST, /v1beta/models/m:predictLongRunning, ONCE",
    "POST, /v1beta/models/m:predict, ONCE",
    "POST, /v1/responses, ONCE",
    "POST, /v1/files, ONCE",
    "POST, /v1/batches, ONCE",
    "POST, /v1/messages/batches, ONCE",
    "POST, /v1/images/generations, ONCE",
    "POST, /v1/videos, ONCE",
    "DELETE, /v1/files/file-1, ONCE",
    "PUT, /v1/chat/completions, ONCE",
    "POST, /anything, ONCE",
  })
  void a_call_has_an_effect(String method, String path, Effect effect) {
    assertThat(Effect.of(method, path)).isEqualTo(effect);
  }

  @Test
  void stored_responses_are_state() {
    assertThat(Effect.of(new Call.Responses())).isEqualTo(Effect.ONCE);
    assertThat(Effect.of(new Call.Chat())).isEqualTo(Effect.REPEATABLE);
  }
}
