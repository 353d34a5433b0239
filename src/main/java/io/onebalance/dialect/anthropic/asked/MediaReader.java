package io.onebalance.dialect.anthropic.asked;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.Members;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads images, documents and files.
final class MediaReader {
  private static final String PDF = "application/pdf";

  private MediaReader() {}

  static Stream<Part> read(Members block, String type, BlockReader blocks) {
    if (type.equals("container_upload")) {
      var file = new Source.Uploaded(block.needed("file_id"));
      return Stream.of(Part.Media.of(Part.Kind.DOCUMENT, file));
    }
    var source = block.object("source").orElseThrow(() -> block.wrong("source", "is missing"));
    return type.equals("image")
        ? Stream.of(Part.Media.of(Part.Kind.IMAGE, source(source, Optional.empty())))
        : document(block, source, blocks);
  }

  private static Stream<Part> document(Members block, Members source, BlockReader blocks) {
    var context = block.text("context").stream().flatMap(BlockReader::text);
    var title = block.text("title");
    return switch (source.needed("type")) {
      case "text" -> Stream.concat(context, BlockReader.text(titled(title, source.needed("data"))));
      case "content" ->
          Stream.concat(
              Stream.concat(context, title.stream().flatMap(BlockReader::text)),
              blocks.parts(source, "content").stream());
      default -> {
        // the others are those of images
        var file = source(source, Optional.of(PDF));
        yield Stream.concat(
            context, Stream.of(new Part.Media(Part.Kind.DOCUMENT, file, title, Optional.empty())));
      }
    };
  }

  private static String titled(Optional<String> title, String text) {
    return title.map(line -> line + "\n\n" + text).orElse(text);
  }

  private static Source source(Members source, Optional<String> usual) {
    return switch (source.needed("type")) {
      case "base64" ->
          new Source.Inline(
              source
                  .text("media_type")
                  .or(() -> usual)
                  .orElseThrow(() -> source.wrong("media_type", "is missing")),
              source.needed("data"));
      case "url" -> new Source.Link(source.needed("url"), usual);
      case "file" -> new Source.Uploaded(source.needed("file_id"));
      default -> throw source.wrong("type", "must be base64, url, file, text or content");
    };
  }
}
