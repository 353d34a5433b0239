package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Writes pictures, sounds, films and documents.
final class MediaWriter {
  /// What the Gemini API fetches itself: its own files, and films at YouTube.
  private static final Pattern FETCHED =
      Pattern.compile(
          "https://generativelanguage\\.googleapis\\.com/.+"
              + "|https://(www\\.|m\\.)?youtube\\.com/.+|https://youtu\\.be/.+");

  private final Addressee to;
  private final Dropped dropped;

  MediaWriter(Addressee to, Dropped dropped) {
    this.to = to;
    this.dropped = dropped;
  }

  ObjectNode part(Part.Media media) {
    dropped.tellIf(media.detail().filter(detail -> !detail.equals("auto")), "detail");
    return switch (media.source()) {
      case Source.Inline(var type, var data) -> inline(type, data);
      case Source.Link(var url, var type) -> link(url, type);
      case Source.Uploaded(var id) -> uploaded(id);
    };
  }

  private static ObjectNode inline(String type, String data) {
    var part = Json.object();
    part.putObject("inlineData").put("mimeType", plain(type)).put("data", data);
    return part;
  }

  /// Without parameters.
  private static String plain(String type) {
    var end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip();
  }

  private ObjectNode link(String url, Optional<String> type) {
    if (!isFetched(url, to)) {
      throw new BadRequest(
          "messages", "this provider fetches no links of the web; send the file itself, as base64");
    }
    return file(url, type);
  }

  static boolean isFetched(String url, Addressee to) {
    return FETCHED.matcher(url).matches() || (to.vertex() && isVertex(url));
  }

  /// Vertex AI reads from Google's storage and from the web.
  private static boolean isVertex(String url) {
    var scheme = url.toLowerCase(Locale.ROOT);
    return scheme.startsWith("gs://") || scheme.startsWith("https://");
  }

  private ObjectNode uploaded(String id) {
    if (FETCHED.matcher(id).matches() || (to.vertex() && id.startsWith("gs://"))) {
      return file(id, Optional.empty());
    }
    throw new BadRequest(
        "messages", "this provider knows no such file; send the file itself, as base64");
  }

  private static ObjectNode file(String url, Optional<String> type) {
    var part = Json.object();
    var file = part.putObject("fileData");
    type.ifPresent(known -> file.put("mimeType", plain(known)));
    file.put("fileUri", url);
    return part;
  }
}
