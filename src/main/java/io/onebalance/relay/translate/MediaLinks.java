package io.onebalance.relay.translate;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.chat.asked.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The links of a conversation to pictures, sounds, films and documents.
final class MediaLinks {
  private MediaLinks() {}

  /// The addresses of those media that are wanted, each once.
  static List<String> in(ChatRequest request, Predicate<Part.Media> wanted) {
    return request.messages().stream()
        .flatMap(message -> message.parts().stream())
        .flatMap(MediaLinks::media)
        .filter(wanted)
        .flatMap(
            media -> media.source() instanceof Source.Link(var url, _) ? Stream.of(url) : none())
        .distinct()
        .toList();
  }

  private static Stream<String> none() {
    return Stream.empty();
  }

  private static Stream<Part.Media> media(Part part) {
    return switch (part) {
      case Part.Media media -> Stream.of(media);
      case Part.ToolResult(_, var content, _) -> content.stream().flatMap(MediaLinks::media);
      case Part.Text _, Part.ToolCall _, Part.Thinking _, Part.RedactedThinking _, Part.Refusal _ ->
          Stream.empty();
    };
  }

  /// The conversation with what was fetched in place of its addresses.
  static ChatRequest filled(ChatRequest request, Map<String, Source.Inline> fetched) {
    return request.with(
        request.messages().stream()
            .map(message -> new Message(message.role(), filled(message.parts(), fetched)))
            .toList());
  }

  private static List<Part> filled(List<Part> parts, Map<String, Source.Inline> fetched) {
    return parts.stream().map(part -> filled(part, fetched)).toList();
  }

  private static Part filled(Part part, Map<String, Source.Inline> fetched) {
    return switch (part) {
      case Part.Media(var kind, Source.Link(var url, _), var name, var detail)
          when fetched.containsKey(url) ->
          new Part.Media(kind, fetched.get(url), name, detail);
      case Part.ToolResult(var id, var content, var error) ->
          new Part.ToolResult(id, filled(content, fetched), error);
      case Part.Media _,
          Part.Text _,
          Part.ToolCall _,
          Part.Thinking _,
          Part.RedactedThinking _,
          Part.Refusal _ ->
          part;
    };
  }
}
