package io.onebalance.dialect.openai.words;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.json.DataUrl;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What calls and pictures look like, in what is asked and in what is answered.
public final class Forms {
  private Forms() {}

  public static ObjectNode call(ToolName tool, String id, String arguments) {
    return tool.custom()
        ? custom(tool.flat(), id, arguments)
        : function(tool.flat(), id, arguments);
  }

  public static ObjectNode custom(String name, String id, String input) {
    var call = Json.object().put("id", id).put("type", "custom");
    call.putObject("custom").put("name", name).put("input", input);
    return call;
  }

  public static ObjectNode function(String name, String id, String arguments) {
    var call = Json.object().put("id", id).put("type", "function");
    call.putObject("function").put("name", name).put("arguments", arguments);
    return call;
  }

  /// What a model wrote of its arguments, which is nothing where a function takes none.
  public static String whole(Part.ToolCall call) {
    return call.arguments().isBlank() && !call.tool().custom() ? "{}" : call.arguments();
  }

  /// A picture as OpenRouter tells it, since the dialect itself has no place for one.
  public static ObjectNode image(Part.Media media) {
    var image = Json.object().put("type", "image_url");
    image.putObject("image_url").put("url", url(media.source()));
    return image;
  }

  public static String url(Source source) {
    return switch (source) {
      case Source.Inline inline -> DataUrl.write(inline);
      case Source.Link(var url, _) -> url;
      case Source.Uploaded(var id) -> id;
    };
  }
}
