package io.onebalance.dialect.openai.words;

import io.onebalance.chat.Part;
import io.onebalance.chat.Part.Kind;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.DataUrl;
import io.onebalance.dialect.json.Members;
import java.util.Optional;

/// Reads a part with a file: inline, or uploaded before.
final class FileReader {
  private FileReader() {}

  static Part read(Members part) {
    var file = part.object("file").orElseThrow(() -> part.wrong("file", "is missing"));
    var source = source(file);
    return new Part.Media(kind(source), source, file.text("filename"), Optional.empty());
  }

  private static Source source(Members file) {
    var data = file.text("file_data");
    if (data.isPresent()) {
      return inline(file, data.get());
    }
    return file.text("file_url")
        .<Source>map(url -> new Source.Link(url, Optional.empty()))
        .or(() -> file.text("file_id").map(Source.Uploaded::new))
        .orElseThrow(() -> file.wrong("file_data", "is missing, and so is file_id"));
  }

  /// A data URL; some clients write the base64 alone.
  private static Source inline(Members file, String data) {
    if (!DataUrl.is(data)) {
      return DataUrl.inline("", data);
    }
    return DataUrl.read(data)
        .orElseThrow(() -> file.wrong("file_data", "must be a data URL with base64"));
  }

  private static Kind kind(Source source) {
    var type = source instanceof Source.Inline inline ? inline.mediaType() : "";
    return switch (type.substring(0, Math.max(0, type.indexOf('/')))) {
      case "image" -> Kind.IMAGE;
      case "audio" -> Kind.AUDIO;
      case "video" -> Kind.VIDEO;
      // Media types are open words; all else is read as a document.
      default -> Kind.DOCUMENT;
    };
  }
}
