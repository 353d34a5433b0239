package io.onebalance.dialect.gemini;

import io.onebalance.dialect.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of a call as the object that Gemini wants, whatever a model wrote.
public final class Args {
  private Args() {}

  public static ObjectNode object(String arguments) {
    if (arguments.isBlank()) {
      return Json.object();
    }
    var read = Json.read(arguments);
    if (read.isEmpty()) {
      return Json.object().put("_raw", arguments);
    }
    return read.get() instanceof ObjectNode object
        ? object
        : Json.object().set("value", read.get());
  }
}
