package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields of a credential that is a JSON object. Each may be spelled in several ways, since
/// people paste what their tools print.
final class Parts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// One label of a host name, so that nothing that fills it can lead to another host.
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private final JsonNode object;
  private final String allowed;

  private Parts(JsonNode object, String allowed) {
    this.object = object;
    this.allowed = allowed;
  }

  /// Whether a text is meant as JSON.
  static boolean isObject(String text) {
    return text.startsWith("{");
  }

  static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /// `allowed` is shown with whatever is found wrong.
  static Parts read(String text, String allowed) {
    try {
      var node = JSON.readTree(text);
      if (node.isObject()) {
        return new Parts(node, allowed);
      }
    } catch (JacksonException _) {
      // what its message quotes may be the key
    }
    throw new Unfit("it is no valid JSON object; allowed: " + allowed);
  }

  Optional<String> text(String... spellings) {
    for (var spelling : spellings) {
      var found = object.path(spelling);
      if (found.isString() && !found.stringValue().isBlank()) {
        return Optional.of(found.stringValue().strip());
      }
    }
    return Optional.empty();
  }

  String needed(String... spellings) {
    return text(spellings).orElseThrow(() -> problem("it has no " + spellings[0]));
  }

  /// A secret that goes into a header field as it is.
  Secret secret(String... spellings) {
    return new Secret(visible(needed(spellings), spellings[0]));
  }

  Optional<Secret> secretIfAny(String... spellings) {
    return text(spellings).map(text -> new Secret(visible(text, spellings[0])));
  }

  Unfit problem(String what) {
    return new Unfit(what + "; allowed: " + allowed);
  }

  private String visible(String text, String name) {
    if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw problem("its " + name + " holds a blank or another character that no key has");
    }
    return text;
  }
}
