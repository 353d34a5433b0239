package io.onebalance.dialect.embedding;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// A client of OpenAI's `embeddings`.
public final class OpenAiEmbeddingClient {
  private static final Set<String> KNOWN =
      Set.of("model", "input", "dimensions", "encoding_format");
  private static final String INPUT = "input";

  /// What is asked.
  ///
  /// @throws BadRequest where a member is not what the dialect says, naming it
  public EmbeddingRequest read(JsonNode body) {
    var told = Members.of(body, "");
    var dimensions = told.integer("dimensions");
    if (dimensions.filter(length -> length < 1).isPresent()) {
      throw told.wrong("dimensions", "must be at least 1");
    }
    return new EmbeddingRequest(
        told.needed("model"), inputs(told), dimensions, isBase64(told), told.others(KNOWN));
  }

  /// The answer; `request` says how vectors are written.
  public JsonNode write(EmbeddingReply reply, EmbeddingRequest request) {
    var answer = Json.object().put("object", "list");
    var data = answer.putArray("data");
    for (var i = 0; i < reply.vectors().size(); i++) {
      var vector = Vectors.write(reply.vectors().get(i), request.wantsBase64());
      data.addObject().put("object", "embedding").put("index", i).set("embedding", vector);
    }
    answer.put("model", request.model());
    answer
        .putObject("usage")
        .put("prompt_tokens", reply.inputTokens())
        .put("total_tokens", reply.inputTokens());
    return answer;
  }

  private static boolean isBase64(Members told) {
    return switch (told.text("encoding_format").orElse("float")) {
      case "float" -> false;
      case "base64" -> true;
      // Clients write what they like here.
      default -> throw told.wrong("encoding_format", "must be float or base64");
    };
  }

  /// A text, texts, tokens, or arrays of tokens.
  private static List<EmbeddingInput> inputs(Members told) {
    var input = told.raw(INPUT).orElseThrow(() -> told.wrong(INPUT, "is missing"));
    if (input.isString()) {
      return List.of(text(input.stringValue(), INPUT));
    }
    var elements = told.elements(INPUT);
    if (elements.isEmpty()) {
      throw told.wrong(INPUT, "must not be empty");
    }
    if (elements.getFirst().isNumber()) {
      return List.of(tokens(input, INPUT));
    }
    return IntStream.range(0, elements.size())
        .mapToObj(i -> one(elements.get(i), INPUT + "[" + i + "]"))
        .toList();
  }

  private static EmbeddingInput one(JsonNode element, String where) {
    if (element.isString()) {
      return text(element.stringValue(), where);
    }
    if (element.isArray()) {
      return tokens(element, where);
    }
    throw new BadRequest(where, "must be a text or an array of tokens");
  }

  private static EmbeddingInput text(String text, String where) {
    if (text.isEmpty()) {
      throw new BadRequest(where, "must not be empty");
    }
    return new EmbeddingInput.Text(text);
  }

  private static EmbeddingInput tokens(JsonNode tokens, String where) {
    if (tokens.isEmpty()
        || !tokens.values().stream()
            .allMatch(token -> token.isNumber() && token.canConvertToInt())) {
      throw new BadRequest(where, "must be whole numbers, and at least one");
    }
    return new EmbeddingInput.Tokens(tokens.values().stream().map(JsonNode::intValue).toList());
  }
}
