package io.onebalance.dialect.anthropic.asked;

import io.onebalance.chat.Part;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.anthropic.words.CacheMarks;
import io.onebalance.dialect.anthropic.words.Seals;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads content: a text, or an array of blocks.
final class BlockReader {
  private final CacheMarks marks;

  BlockReader(CacheMarks marks) {
    this.marks = marks;
  }

  /// What a user says. Results of tools come first, as providers want them.
  List<Part> said(Members message) {
    refuse("tool_use", message, "the assistant");
    var parts = parts(message, "content");
    return Stream.concat(
            parts.stream().filter(Part.ToolResult.class::isInstance),
            parts.stream().filter(part -> !(part instanceof Part.ToolResult)))
        .toList();
  }

  /// What the model said. Signatures that travelled in a thought go back to what they belong to.
  List<Part> answered(Members message) {
    refuse("tool_result", message, "the user");
    var seals = new Seals.Broken();
    if (message.raw("content").filter(content -> content.isArray()).isEmpty()) {
      return parts(message, "content");
    }
    for (var block : message.objects("content")) {
      switch (block.needed("type")) {
        case "thinking" -> seals.thinking(thinking(block), block.text("signature"));
        case "redacted_thinking" -> seals.redacted(block.text("data").orElse(""));
        default -> block(block).forEach(seals::add); // every other kind is read alike
      }
    }
    return seals.restored();
  }

  /// What the other one says cannot be in this message.
  private static void refuse(String type, Members message, String who) {
    if (message.raw("content").filter(JsonNode::isArray).isPresent()) {
      for (var block : message.objects("content")) {
        if (block.text("type").equals(Optional.of(type))) {
          throw block.wrong("type", "must not be " + type + ", which only " + who + " says");
        }
      }
    }
  }

  /// The parts of this member, without empty texts.
  List<Part> parts(Members holder, String name) {
    var content = holder.raw(name);
    if (content.isEmpty()) {
      return List.of();
    }
    if (content.get().isString()) {
      return text(content.get().stringValue()).toList();
    }
    var parts = new ArrayList<Part>();
    holder.objects(name).forEach(block -> parts.addAll(block(block)));
    return parts;
  }

  private List<Part> block(Members block) {
    var type = block.needed("type");
    Stream<? extends Part> parts =
        switch (type) {
          case "text" -> text(block.text("text").orElse(""));
          case "image", "document", "container_upload" -> MediaReader.read(block, type, this);
          case "search_result" -> searchResult(block);
          case "thinking" -> Stream.of(new Part.Thinking(thinking(block), Optional.empty()));
          case "redacted_thinking" -> Stream.<Part>empty();
          case "tool_use" -> Stream.of(call(block));
          case "tool_result" -> Stream.of(result(block));
          case "tool_reference" -> available(block);
          case "server_tool_use", "mcp_tool_use" -> Stream.<Part>empty();
          default -> other(block, type); // vendors add kinds all the time
        };
    var read = List.<Part>copyOf(parts.toList());
    if (!read.isEmpty()) {
      marks.note(block, read.getLast());
    }
    return read;
  }

  private static String thinking(Members block) {
    return block.text("thinking").orElse("");
  }

  static Stream<Part> text(String text) {
    return text.isEmpty() ? Stream.empty() : Stream.of(Part.Text.of(text));
  }

  private static Part call(Members block) {
    var input = block.raw("input").map(Json::text).orElse("{}");
    return new Part.ToolCall(
        ToolName.of(block.needed("name")), block.needed("id"), input, Optional.empty());
  }

  private Part result(Members block) {
    return new Part.ToolResult(
        block.needed("tool_use_id"), parts(block, "content"), block.isTrue("is_error"));
  }

  private static Stream<Part> available(Members block) {
    return text("Tool " + block.needed("tool_name") + " is now available.");
  }

  private Stream<Part> searchResult(Members block) {
    var head = Stream.of("title", "source").flatMap(name -> block.text(name).stream());
    return Stream.concat(text(String.join("\n", head.toList())), parts(block, "content").stream());
  }

  /// What Anthropic's own tools found is told as text: nobody else can read it. Of the kinds that
  /// are new to us, those with a text are it.
  private static Stream<Part> other(Members block, String type) {
    if (type.endsWith("_tool_result")) {
      return text(found(block));
    }
    return text(block.text("text").orElseThrow(() -> block.wrong("type", "is not known: " + type)));
  }

  private static String found(Members block) {
    var content = block.raw("content").filter(found -> found.isArray());
    if (content.isEmpty()) {
      return block
          .raw("content")
          .filter(found -> found.isString())
          .map(found -> found.stringValue())
          .orElse("");
    }
    return String.join(
        "\n",
        content
            .get()
            .valueStream()
            .flatMap(result ->
                Stream.of("title", "url", "text").map(name -> result.path(name).asString("")))
            .filter(line -> !line.isEmpty())
            .toList());
  }
}
