package io.onebalance.dialect.embedding;

import io.onebalance.dialect.json.BadRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a client wants embedded.
///
/// @param model the name as the client wrote it
/// @param dimensions how long the vectors are to be; empty for the model's own length
/// @param wantsBase64 whether the vectors are to be written as base64 of their bytes
/// @param extras members without a meaning of their own here, such as `task_type` and `title`
public record EmbeddingRequest(
    String model,
    List<EmbeddingInput> inputs,
    Optional<Integer> dimensions,
    boolean wantsBase64,
    Map<String, JsonNode> extras) {
  /// What a text has of a token on average, where nobody counts.
  private static final int CHARACTERS_PER_TOKEN = 4;

  public EmbeddingRequest {
    inputs = List.copyOf(inputs);
    extras = Map.copyOf(extras);
  }

  /// The inputs as texts, for providers that take nothing else.
  ///
  /// @throws BadRequest where one is an array of tokens
  List<String> texts(String provider) {
    return inputs.stream()
        .map(input ->
            switch (input) {
              case EmbeddingInput.Text(var text) -> text;
              case EmbeddingInput.Tokens _ ->
                  throw new BadRequest("input", provider + " takes texts only, not tokens");
            })
        .toList();
  }

  /// About how many tokens these are.
  static long estimate(List<String> texts) {
    var characters = texts.stream().mapToLong(String::length).sum();
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  /// The first of these extras that is a text.
  Optional<String> extra(String... names) {
    for (var name : names) {
      var value = extras.get(name);
      if (value != null && value.isString()) {
        return Optional.of(value.stringValue());
      }
    }
    return Optional.empty();
  }
}
