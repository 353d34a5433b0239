package io.onebalance.sandbox.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The parts of a `multipart/form-data` or `multipart/related` body, found by their boundary.
public final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,]+)\"?");

  private static final Pattern TYPE = Pattern.compile("(?i)content-type:([^\r\n]*)");

  private Multipart() {}

  /// One part: its head as text, its bytes.
  public record Part(String head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// Its content type, or that of plain bytes.
    public String type() {
      var matcher = TYPE.matcher(head);
      return matcher.find() ? matcher.group(1).strip() : "application/octet-stream";
    }

    /// An attribute of the head such as `filename`, or nothing.
    public String attribute(String name) {
      var matcher = Pattern.compile("[; ]" + name + "=\"([^\"]*)\"").matcher(head);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  /// The text of a form field, or nothing.
  public static String field(Heard heard, String name) {
    return part(heard, name).map(Part::text).orElse("");
  }

  public static Optional<Part> part(Heard heard, String name) {
    return parts(heard).filter(part -> part.attribute("name").equals(name)).findFirst();
  }

  /// All parts. ISO-8859-1 keeps every byte as one character, so that positions stay true.
  public static Stream<Part> parts(Heard heard) {
    var type = heard.header("content-type", "");
    var boundary = BOUNDARY.matcher(type);
    if (!type.startsWith("multipart/") || !boundary.find()) {
      return Stream.empty();
    }
    var text = new String(heard.body(), StandardCharsets.ISO_8859_1);
    return Arrays.stream(text.split(Pattern.quote("--" + boundary.group(1)), -1))
        .filter(part -> part.startsWith("\r\n") && part.contains("\r\n\r\n"))
        .map(Multipart::part);
  }

  private static Part part(String text) {
    var end = text.indexOf("\r\n\r\n");
    var to = text.endsWith("\r\n") ? Math.max(text.length() - 2, end + 4) : text.length();
    return new Part(
        text.substring(2, end), text.substring(end + 4, to).getBytes(StandardCharsets.ISO_8859_1));
  }
}
