package io.onebalance.dialect.openai.words;

import io.onebalance.chat.Part;
import io.onebalance.chat.Part.Kind;
import io.onebalance.chat.Source;
import io.onebalance.dialect.json.DataUrl;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads the content of a message.
public final class PartsReader {
  private static final String CONTENT = "content";

  /// The kinds of parts.
  private static final Set<String> KNOWN =
      Set.of(
          "text",
          "input_text",
          "output_text",
          "refusal",
          "image_url",
          "input_audio",
          "video_url",
          "file",
          "thinking",
          "reference");

  private PartsReader() {}

  /// A string, or an array of parts, or of strings as some clients write it.
  public static List<Part> content(Members message) {
    var content = message.raw(CONTENT);
    if (content.isEmpty()) {
      return List.of();
    }
    if (content.get().isString()) {
      return text(content.get().stringValue());
    }
    if (!content.get().isArray()) {
      throw message.wrong(CONTENT, "must be a string or an array of parts");
    }
    var parts = new ArrayList<Part>();
    var at = 0;
    for (var element : message.elements(CONTENT)) {
      var where = message.path(CONTENT) + "[" + at++ + "]";
      parts.addAll(
          element.isString() ? text(element.stringValue()) : part(Members.of(element, where)));
    }
    return parts;
  }

  /// A tool's result, which some clients write as an object.
  public static List<Part> result(Members message) {
    var content = message.raw(CONTENT);
    return content.isPresent() && !content.get().isArray()
        ? text(loose(message, CONTENT))
        : content(message);
  }

  /// Text, or any other JSON as its text; nothing where it is absent.
  public static String loose(Members told, String name) {
    return told.raw(name).map(PartsReader::loose).orElse("");
  }

  public static String loose(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.text(value);
  }

  /// `{"image_url": {"url"}}`, as in requests and in the answers of OpenRouter.
  public static Part image(Members part) {
    var written = part.raw("image_url").filter(JsonNode::isString).map(JsonNode::stringValue);
    var told = written.isPresent() ? Optional.<Members>empty() : part.object("image_url");
    var url = written.or(() -> told.map(image -> image.needed("url")));
    var source =
        source(part, "image_url", url.orElseThrow(() -> part.wrong("image_url", "is missing")));
    var detail = told.flatMap(image -> image.text("detail"));
    return new Part.Media(Kind.IMAGE, source, Optional.empty(), detail);
  }

  /// The sound of an answer and, before it, what it says. `type` is what sounds are here; empty
  /// where they say it themselves.
  public static List<Part> spoken(Members audio, String type) {
    var parts = new ArrayList<>(text(audio.text("transcript").orElse("")));
    audio
        .text("data")
        .filter(data -> !data.isEmpty())
        .ifPresent(data -> parts.add(Part.Media.of(Kind.AUDIO, sound(DataUrl.inline(type, data)))));
    return parts;
  }

  private static Source.Inline sound(Source.Inline sound) {
    return sound.mediaType().startsWith("audio/")
        ? sound
        : new Source.Inline("audio/wav", sound.data());
  }

  /// The content of an answer. Parts of kinds that nobody knows are passed over: providers add
  /// some, and the rest of the answer is as good without them.
  public static List<Part> heard(Members message) {
    if (message.raw(CONTENT).filter(JsonNode::isArray).isEmpty()) {
      return content(message);
    }
    var known = Json.array();
    message.elements(CONTENT).stream()
        .filter(part -> !part.isObject() || KNOWN.contains(part.path("type").asString("text")))
        .forEach(known::add);
    return content(Members.of(Json.object().set(CONTENT, known), message.where()));
  }

  private static List<Part> part(Members part) {
    var type = part.text("type").orElse("text");
    return switch (type) {
      case "text", "input_text", "output_text" -> text(part.needed("text"));
      case "refusal" -> List.of(new Part.Refusal(part.needed("refusal")));
      case "image_url" -> List.of(image(part));
      case "input_audio" -> List.of(audio(part));
      case "video_url" -> List.of(video(part));
      case "file" -> List.of(FileReader.read(part));
      case "thinking" -> thinking(part);
      // Mistral's notes on where an answer is from, which no other dialect has.
      case "reference" -> List.of();
      // Types are open words.
      default ->
          throw part.wrong(
              "type", "must be text, image_url, input_audio, video_url, file or refusal");
    };
  }

  private static List<Part> text(String text) {
    return text.isEmpty() ? List.of() : List.of(Part.Text.of(text));
  }

  private static Part audio(Members part) {
    var audio =
        part.object("input_audio").orElseThrow(() -> part.wrong("input_audio", "is missing"));
    var format = audio.text("format").orElse("wav");
    return Part.Media.of(Kind.AUDIO, DataUrl.inline("audio/" + format, audio.needed("data")));
  }

  private static Part video(Members part) {
    var video = part.object("video_url").orElseThrow(() -> part.wrong("video_url", "is missing"));
    return Part.Media.of(Kind.VIDEO, source(part, "video_url", video.needed("url")));
  }

  /// Mistral's thoughts, which are parts of their own.
  private static List<Part> thinking(Members part) {
    var said = new StringBuilder();
    for (var piece :
        part.raw("thinking").filter(JsonNode::isArray).isPresent()
            ? part.objects("thinking")
            : List.<Members>of()) {
      said.append(piece.text("text").orElse(""));
    }
    part.raw("thinking")
        .filter(JsonNode::isString)
        .ifPresent(text -> said.append(text.stringValue()));
    return said.isEmpty()
        ? List.of()
        : List.of(new Part.Thinking(said.toString(), Optional.empty()));
  }

  private static Source source(Members part, String name, String url) {
    if (!DataUrl.is(url)) {
      return new Source.Link(url, Optional.empty());
    }
    return DataUrl.read(url)
        .orElseThrow(() -> part.wrong(name + ".url", "must be a link or a data URL with base64"));
  }
}
