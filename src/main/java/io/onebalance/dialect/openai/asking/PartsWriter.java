package io.onebalance.dialect.openai.asking;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.DataUrl;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.words.Forms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a user says and shows. What the provider cannot see is refused: an answer about
/// something else than was shown is worse than none.
final class PartsWriter {
  private static final Map<String, String> SOUNDS =
      Map.of("mpeg", "mp3", "x-wav", "wav", "wave", "wav", "vnd.wave", "wav");

  private final Set<String> media;

  PartsWriter(Flavour flavour) {
    media = flavour.words("media");
  }

  static String kind(Part.Media shown) {
    return shown.kind().name().toLowerCase(Locale.ROOT);
  }

  /// One text as a string, all else as an array.
  JsonNode write(List<Part> said) {
    if (said.size() == 1 && said.getFirst() instanceof Part.Text(var text, _)) {
      return Draft.VALUES.stringNode(text);
    }
    var all = new ArrayList<JsonNode>();
    for (var part : said) {
      switch (part) {
        case Part.Text(var text, _) -> all.add(text(text));
        case Part.Refusal(var text) -> all.add(text(text));
        case Part.Media shown -> all.add(media(shown));
        case Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _, Part.ToolResult _ -> {
          // Never in what a user says, but for results, which were written before.
        }
      }
    }
    return Json.array().addAll(all);
  }

  private static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  private ObjectNode media(Part.Media shown) {
    check(shown);
    return switch (shown.kind()) {
      case IMAGE -> image(shown);
      case AUDIO -> audio(shown);
      case VIDEO -> video(shown);
      case DOCUMENT -> document(shown);
    };
  }

  private void check(Part.Media shown) {
    var plain = shown.source() instanceof Source.Inline(var type, _) && isText(type);
    if (!media.contains(kind(shown)) && !plain) {
      throw refused("this provider takes no " + kind(shown));
    }
    if (shown.source() instanceof Source.Uploaded && !media.contains("upload")) {
      throw refused("this provider has no uploaded files; send the " + kind(shown) + " inline");
    }
    if (shown.source() instanceof Source.Link && !media.contains("link")) {
      throw refused("this provider fetches no addresses; send the " + kind(shown) + " inline");
    }
  }

  private static ObjectNode image(Part.Media shown) {
    if (shown.source() instanceof Source.Uploaded) {
      throw refused("an image must be inline or a link");
    }
    var image = Forms.image(shown);
    shown
        .detail()
        .ifPresent(detail -> ((ObjectNode) image.path("image_url")).put("detail", detail));
    return image;
  }

  private static ObjectNode audio(Part.Media shown) {
    if (!(shown.source() instanceof Source.Inline(var type, var data))) {
      throw refused("audio must be inline");
    }
    var subtype = type.substring(type.indexOf('/') + 1);
    var part = Json.object().put("type", "input_audio");
    part.putObject("input_audio")
        .put("data", data)
        .put("format", SOUNDS.getOrDefault(subtype, subtype));
    return part;
  }

  private static ObjectNode video(Part.Media shown) {
    var part = Json.object().put("type", "video_url");
    part.putObject("video_url").put("url", Forms.url(shown.source()));
    return part;
  }

  private ObjectNode document(Part.Media shown) {
    return switch (shown.source()) {
      case Source.Inline inline when isText(inline.mediaType()) -> text(plain(shown, inline));
      case Source.Inline inline -> file(shown.name().orElse("document.pdf"), DataUrl.write(inline));
      case Source.Link _ -> throw refused("a document must be inline");
      case Source.Uploaded(var id) -> {
        var part = Json.object().put("type", "file");
        part.putObject("file").put("file_id", id);
        yield part;
      }
    };
  }

  private static ObjectNode file(String name, String data) {
    var part = Json.object().put("type", "file");
    part.putObject("file").put("filename", name).put("file_data", data);
    return part;
  }

  private static boolean isText(String type) {
    return type.startsWith("text/");
  }

  private static String plain(Part.Media shown, Source.Inline inline) {
    try {
      var bytes = Base64.getMimeDecoder().decode(inline.data());
      var text = new String(bytes, StandardCharsets.UTF_8);
      return shown.name().map(name -> name + "\n\n" + text).orElse(text);
    } catch (IllegalArgumentException broken) {
      throw refused("a document is not in base64");
    }
  }

  private static BadRequest refused(String why) {
    return new BadRequest("messages", why);
  }
}
