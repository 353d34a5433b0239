package io.onebalance.dialect.openai.asking;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// The entries of `flavours.json`, read once.
final class Flavours {
  static final List<Entry> ALL = read();

  private Flavours() {}

  record Entry(ObjectNode told, List<String> providers, Pattern models) {
    /// An entry without providers is about all of them.
    boolean isAbout(Target target) {
      return (providers.isEmpty() || providers.contains(target.provider()))
          && models.matcher(bare(target.model())).matches();
    }

    /// `openai/gpt-5` is called so by some who route.
    private static String bare(String model) {
      return model.startsWith("openai/") ? model.substring("openai/".length()) : model;
    }
  }

  private static List<Entry> read() {
    try (var file = Flavours.class.getResourceAsStream("flavours.json")) {
      var bytes = Objects.requireNonNull(file, "flavours.json").readAllBytes();
      return Json.read(bytes).orElseThrow().values().stream()
          .map(told -> entry((ObjectNode) told))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Entry entry(ObjectNode told) {
    var providers =
        told.path("providers").values().stream().map(name -> name.stringValue()).toList();
    return new Entry(told, providers, Pattern.compile(told.path("models").asString(".*")));
  }
}
