package io.onebalance.dialect;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Tool;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.JsonNode;

/// How many tokens a request has about, for clients that ask where the provider cannot say: three
/// and a half characters a token, counting all text and the JSON of the tools, and a fixed number
/// for each picture or file.
public final class TokenEstimate {
  private static final double CHARACTERS = 3.5;
  private static final long MEDIA = 1600;

  private TokenEstimate() {}

  public static long of(ChatRequest request) {
    var parts = request.messages().stream().map(Message::parts).flatMap(all -> all.stream());
    var said = parts.map(TokenEstimate::part).reduce(Count.NONE, Count::plus);
    var tools = request.tools().all().stream().mapToLong(TokenEstimate::tool).sum();
    var all = said.plus(Count.of(tools + format(request.format())));
    return (long) Math.ceil(all.characters / CHARACTERS) + all.media * MEDIA;
  }

  private record Count(long characters, long media) {
    static final Count NONE = new Count(0, 0);

    static Count of(long characters) {
      return new Count(characters, 0);
    }

    Count plus(Count other) {
      return new Count(characters + other.characters, media + other.media);
    }
  }

  private static Count part(Part part) {
    return switch (part) {
      case Part.Text(var text, _) -> Count.of(text.length());
      case Part.Thinking(var text, _) -> Count.of(text.length());
      case Part.Refusal(var text) -> Count.of(text.length());
      case Part.ToolCall(var tool, _, var arguments, _) ->
          Count.of(tool.flat().length() + arguments.length());
      case Part.ToolResult(_, var content, _) ->
          content.stream().map(TokenEstimate::part).reduce(Count.NONE, Count::plus);
      case Part.Media _ -> new Count(0, 1);
      case Part.RedactedThinking _ -> Count.NONE;
    };
  }

  private static long tool(Tool tool) {
    return switch (tool) {
      case Tool.Function(var name, var description, var parameters, _) ->
          name.flat().length()
              + description.length()
              + parameters.map(TokenEstimate::json).orElse(0L);
      case Tool.Custom(var name, var description, var format) ->
          name.flat().length() + description.length() + format.map(TokenEstimate::json).orElse(0L);
      case Tool.Hosted(_, var written) -> json(written);
    };
  }

  private static long format(OutputFormat format) {
    return switch (format) {
      case OutputFormat.Schema schema -> json(schema.schema());
      case OutputFormat.Text _, OutputFormat.Json _ -> 0;
    };
  }

  private static long json(JsonNode node) {
    return Json.text(node).length();
  }
}
