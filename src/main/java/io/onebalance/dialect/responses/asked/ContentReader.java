package io.onebalance.dialect.responses.asked;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the content of a message, or what a tool put out.
final class ContentReader {
  private static final Pattern DATA =
      Pattern.compile("data:([^;,]*)((?:;[^;,]*)*?);base64,(.*)", Pattern.DOTALL);
  private static final String PDF = "application/pdf";

  private ContentReader() {}

  /// A text or an array of parts. What is neither is taken as text: tools put out numbers and
  /// objects, too.
  static List<Part> read(Members owner, String name) {
    var content = owner.raw(name);
    if (content.isEmpty()) {
      return List.of();
    }
    var given = content.get();
    if (!given.isArray()) {
      return List.of(Part.Text.of(given.isString() ? given.stringValue() : Json.text(given)));
    }
    var parts = new ArrayList<Part>();
    for (var i = 0; i < given.size(); i++) {
      var at = owner.path(name) + "[" + i + "]";
      var element = given.get(i);
      parts.add(
          element.isString() ? Part.Text.of(element.stringValue()) : part(Members.of(element, at)));
    }
    return parts;
  }

  private static Part part(Members part) {
    return switch (part.text("type").orElse("input_text")) {
      case "input_text", "output_text", "text", "summary_text", "reasoning_text" ->
          Part.Text.of(part.needed("text"));
      case "refusal" -> new Part.Refusal(part.needed("refusal"));
      case "input_image" ->
          new Part.Media(Part.Kind.IMAGE, image(part), Optional.empty(), part.text("detail"));
      case "input_file" ->
          new Part.Media(Part.Kind.DOCUMENT, file(part), part.text("filename"), Optional.empty());
      case "input_audio" -> Part.Media.of(Part.Kind.AUDIO, audio(part));
      default ->
          throw part.wrong(
              "type",
              "must be input_text, input_image, input_file, input_audio, output_text or refusal");
    };
  }

  private static Source image(Members part) {
    return part.text("image_url")
        .map(url -> source(part, "image_url", url, "image/png"))
        .or(() -> part.text("file_id").map(Source.Uploaded::new))
        .orElseThrow(() -> part.wrong("image_url", "is missing, and so is file_id"));
  }

  private static Source file(Members part) {
    return part.text("file_data")
        .map(data -> fileData(part, data))
        .or(() -> part.text("file_url").map(url -> source(part, "file_url", url, PDF)))
        .or(() -> part.text("file_id").map(Source.Uploaded::new))
        .orElseThrow(() -> part.wrong("file_data", "is missing, and so are file_url and file_id"));
  }

  /// Some clients leave out that it is data, and give the base64 alone.
  private static Source fileData(Members part, String data) {
    return data.startsWith("data:")
        ? source(part, "file_data", data, PDF)
        : new Source.Inline(PDF, standard(data));
  }

  private static Source audio(Members part) {
    var audio = part.object("input_audio").orElse(part);
    return new Source.Inline("audio/" + audio.needed("format"), standard(audio.needed("data")));
  }

  private static Source source(Members part, String name, String url, String otherwise) {
    if (!url.startsWith("data:")) {
      return new Source.Link(url, Optional.empty());
    }
    var data = DATA.matcher(url);
    if (!data.matches()) {
      throw part.wrong(name, "must be base64 where it is a data URL");
    }
    var type = data.group(1).isEmpty() ? otherwise : data.group(1);
    return new Source.Inline(type, standard(data.group(3)));
  }

  private static String standard(String base64) {
    return base64.replace('-', '+').replace('_', '/');
  }
}
