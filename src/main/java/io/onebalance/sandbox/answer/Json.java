package io.onebalance.sandbox.answer;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// JSON read as a tree and written from templates, which show the shape as it goes over the wire.
public final class Json {
  public static final JsonMapper MAPPER = new JsonMapper();

  /// What stands for a body that is not JSON.
  public static final JsonNode MISSING = JsonNodeFactory.instance.missingNode();

  private Json() {}

  /// The tree of this text, or [#MISSING] when it is not JSON.
  public static JsonNode read(byte[] body) {
    if (body.length == 0) {
      return MISSING;
    }
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException notJson) {
      return MISSING;
    }
  }

  /// The text as a JSON string, quotes included.
  public static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 16).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return quoted.append('"').toString();
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The template with a value in place of each `$`, in order. Every value must be JSON already: a
  /// number, a tree's text, or [#quoted].
  public static String filled(String template, Object... values) {
    var text = new StringBuilder(template.length() + 256);
    var from = 0;
    for (var value : values) {
      var to = template.indexOf('$', from);
      text.append(template, from, to).append(value);
      from = to + 1;
    }
    return text.append(template, from, template.length()).toString();
  }

  /// The same on one line.
  public static String line(String template, Object... values) {
    return flat(filled(template, values));
  }

  /// This JSON without line ends and indentation; line ends may stand between tokens only.
  public static String flat(String json) {
    return json.lines().map(String::strip).collect(Collectors.joining());
  }
}
