package io.onebalance.route;

import io.onebalance.http.Percent;
import io.onebalance.http.SegmentNames;
import java.util.Optional;
import java.util.Set;

/// The model that a provider's own path names.
public final class ModelPath {
  private ModelPath() {}

  /// Segments that follow a model's name and are none of it.
  private static final Set<String> TAILS =
      Set.of(
          "predictions",
          "endpoints",
          "versions",
          "operations",
          "permissions",
          "pipeline",
          "v1",
          "chat",
          "examples",
          "readme");

  /// Behind these a model's name may follow.
  private static final SegmentNames MARKS =
      SegmentNames.of("models", "tunedModels", "engines", "model", "deployments", "@cf", "@hf");

  /// The model, normalised and decoded; empty for none (a listing, a file, a call whose body says).
  public static String model(String path) {
    return hasMark(path) ? marked(path) : "";
  }

  private static boolean hasMark(String path) {
    var from = 0;
    for (var to = path.indexOf('/'); to >= 0; to = path.indexOf('/', from)) {
      if (MARKS.contains(path, from, to)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private static String marked(String path) {
    var segments = path.split("/", -1);
    for (var i = 0; i < segments.length - 1; i++) {
      switch (segments[i]) {
        case "models" -> {
          return joined(segments, i + 1);
        }
        case "tunedModels" -> {
          var name = name(segments[i + 1]);
          return name.isEmpty() ? "" : "tunedModels/" + name;
        }
        case "engines", "model" -> {
          return decoded(segments[i + 1]);
        }
        case "deployments" -> {
          // Azure's; elsewhere a deployment is not a model.
          return i > 0 && segments[i - 1].equals("openai") ? decoded(segments[i + 1]) : "";
        }
        case "@cf", "@hf" -> {
          return decoded(String.join("/", segments).substring(offset(segments, i)));
        }
        default -> {
          // Any other segment says nothing of a model.
        }
      }
    }
    return "";
  }

  /// What is asked of the model: the word behind the colon of the last segment that has one.
  public static Optional<String> verb(String path) {
    if (path.indexOf(':') < 0 && path.indexOf('%') < 0) {
      return Optional.empty();
    }
    var last = decoded(path.substring(path.lastIndexOf('/') + 1));
    var colon = last.lastIndexOf(':');
    var word = last.substring(colon + 1);
    return colon > 0 && isVerb(word) ? Optional.of(word) : Optional.empty();
  }

  /// What may be asked of a model after a colon: `generateContent`, `predict`. Words without a
  /// capital are part of a name (`llama-3:free`, `claude-v1:0`).
  private static boolean isVerb(String word) {
    var small = 0;
    while (small < word.length() && isSmall(word.charAt(small))) {
      small++;
    }
    for (var at = small; at < word.length(); at++) {
      if (!isSmall((char) (word.charAt(at) | 0x20))) {
        return false;
      }
    }
    return small == word.length() ? word.equals("predict") : small > 0;
  }

  private static boolean isSmall(char c) {
    return c >= 'a' && c <= 'z';
  }

  /// A name may hold slashes (`org/name`), so segments are taken until a verb or a known tail.
  private static String joined(String[] segments, int from) {
    var name = new StringBuilder();
    for (var i = from; i < segments.length && !segments[i].isEmpty(); i++) {
      if (i > from && TAILS.contains(segments[i])) {
        break;
      }
      name.append(i == from ? "" : "/").append(name(segments[i]));
    }
    return name.toString();
  }

  private static String name(String segment) {
    var text = decoded(segment);
    return verb(segment).isPresent() ? text.substring(0, text.lastIndexOf(':')) : text;
  }

  private static int offset(String[] segments, int index) {
    var offset = 0;
    for (var i = 0; i < index; i++) {
      offset += segments[i].length() + 1;
    }
    return offset;
  }

  private static String decoded(String segment) {
    return Percent.decode(segment).orElse(segment);
  }
}
