package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Writes images and documents, which are all the media that models of this dialect look at.
final class MediaWriter {
  private static final String PDF = "application/pdf";

  private MediaWriter() {}

  static ObjectNode block(Part.Media media) {
    return switch (media.kind()) {
      case IMAGE -> image(media.source());
      case DOCUMENT -> document(media);
      case AUDIO, VIDEO ->
          throw new BadRequest(
              "messages",
              "this model takes texts, images and documents, no "
                  + media.kind().name().toLowerCase(Locale.ROOT));
    };
  }

  private static ObjectNode image(Source source) {
    var block = Json.object().put("type", "image");
    block.set("source", source(source));
    return block;
  }

  private static ObjectNode document(Part.Media media) {
    var block = Json.object().put("type", "document");
    block.set(
        "source",
        switch (media.source()) {
          case Source.Inline(var type, var data) when plain(type).startsWith("text/") ->
              Json.object()
                  .put("type", "text")
                  .put("media_type", "text/plain")
                  .put("data", decoded(data));
          case Source.Inline(var type, _) when !plain(type).equals(PDF) ->
              throw new BadRequest("messages", "a document must be a PDF or a text");
          case Source.Inline _, Source.Link _, Source.Uploaded _ -> source(media.source());
        });
    media.name().ifPresent(name -> block.put("title", name));
    return block;
  }

  private static ObjectNode source(Source source) {
    return switch (source) {
      case Source.Inline(var type, var data) ->
          Json.object().put("type", "base64").put("media_type", plain(type)).put("data", data);
      case Source.Link(var url, _) -> Json.object().put("type", "url").put("url", url);
      case Source.Uploaded(var id) -> Json.object().put("type", "file").put("file_id", id);
    };
  }

  /// The type without parameters, by the name that is registered.
  private static String plain(String mediaType) {
    var type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("image/jpg") ? "image/jpeg" : type;
  }

  private static String decoded(String data) {
    try {
      return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new BadRequest("messages", "a document is no base64");
    }
  }
}
