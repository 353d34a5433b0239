package io.onebalance.dialect.responses.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the content of a message, or what a tool put out.
final class ContentWriter {
  private ContentWriter() {}

  static ObjectNode text(String text, Message.Role role) {
    var type = role == Message.Role.ASSISTANT ? "output_text" : "input_text";
    return Json.object().put("type", type).put("text", text);
  }

  static ObjectNode media(Part.Media media) {
    return switch (media.kind()) {
      case IMAGE -> image(media);
      case DOCUMENT -> document(media);
      case AUDIO -> audio(media);
      case VIDEO -> throw refused(media, "takes no video");
    };
  }

  /// What a tool put out, as text where it is no more. That it failed can only be said.
  static JsonNode output(Part.ToolResult result) {
    var error = result.error() ? "Error: " : "";
    if (result.content().stream().allMatch(Part.Text.class::isInstance)) {
      return JsonNodeFactory.instance.stringNode(
          error
              + result.content().stream()
                  .map(part -> ((Part.Text) part).text())
                  .collect(Collectors.joining("\n")));
    }
    var output = Json.array();
    if (result.error()) {
      output.add(text(error.strip(), Message.Role.USER));
    }
    for (var part : result.content()) {
      if (part instanceof Part.Media shown) {
        output.add(media(shown));
      } else if (part instanceof Part.Text(var text, _)) {
        output.add(text(text, Message.Role.USER));
      }
    }
    return output;
  }

  static String word(Part.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode image(Part.Media media) {
    var image = Json.object().put("type", "input_image");
    switch (media.source()) {
      case Source.Inline inline -> image.put("image_url", dataUrl(inline));
      case Source.Link(var url, _) -> image.put("image_url", url);
      case Source.Uploaded(var id) -> image.put("file_id", id);
    }
    media.detail().ifPresent(detail -> image.put("detail", detail));
    return image;
  }

  private static ObjectNode document(Part.Media media) {
    var file = Json.object().put("type", "input_file");
    switch (media.source()) {
      case Source.Inline inline ->
          file.put("filename", name(media, inline)).put("file_data", dataUrl(inline));
      case Source.Link(var url, _) -> file.put("file_url", url);
      case Source.Uploaded(var id) -> file.put("file_id", id);
    }
    return file;
  }

  /// OpenAI wants a name beside the data, and tells by its end what it is.
  private static String name(Part.Media media, Source.Inline inline) {
    var type = inline.mediaType();
    return media
        .name()
        .orElseGet(() ->
            switch (type) {
              case "application/pdf" -> "document.pdf";
              case "text/plain" -> "document.txt";
              default -> "document." + type.substring(type.lastIndexOf('/') + 1);
            });
  }

  private static ObjectNode audio(Part.Media media) {
    if (media.source() instanceof Source.Inline(var type, var data)) {
      var part = Json.object().put("type", "input_audio");
      part.putObject("input_audio").put("data", data).put("format", format(type));
      return part;
    }
    throw refused(media, "takes sound as data only");
  }

  private static String format(String type) {
    var word = type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "mpeg" -> "mp3";
      case "x-wav", "wave" -> "wav";
      default -> word;
    };
  }

  private static BadRequest refused(Part.Media media, String why) {
    return new BadRequest("messages.content." + word(media.kind()), "this model's provider " + why);
  }

  private static String dataUrl(Source.Inline inline) {
    return "data:" + inline.mediaType() + ";base64," + inline.data();
  }
}
