package io.onebalance.route.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The parameters of a header value: `form-data; name="model"`, `multipart/form-data; boundary=x`.
final class Parameters {
  private Parameters() {}

  /// The parameter of this name, its quotes and backslashes resolved. Empty when it is missing, or
  /// there twice and so without a meaning.
  static String only(String field, String name) {
    var values = all(field, name);
    return values.size() == 1 ? values.getFirst() : "";
  }

  /// All parameters of this name: of several, each reader takes another.
  static List<String> all(String field, String name) {
    var values = new ArrayList<String>();
    for (var part : parts(field)) {
      var equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
        values.add(unquoted(part.substring(equals + 1).strip()));
      }
    }
    return values;
  }

  /// Whether this parameter is written in the form for long or foreign texts (RFC 2231: `name*`,
  /// `name*0`), which some readers resolve and others take for another name.
  static boolean isExtended(String field, String name) {
    return parts(field).stream()
        .map(part -> part.strip().toLowerCase(Locale.ROOT))
        .anyMatch(part -> part.startsWith(name + "*"));
  }

  /// Splits at the semicolons that are not within quotes.
  private static List<String> parts(String field) {
    var parts = new ArrayList<String>();
    var quoted = false;
    var from = 0;
    for (var i = 0; i < field.length(); i++) {
      switch (field.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '\\' -> i += quoted ? 1 : 0;
        case ';' -> {
          if (!quoted) {
            parts.add(field.substring(from, i));
            from = i + 1;
          }
        }
        default -> {
          // Part of a name or a value.
        }
      }
    }
    parts.add(field.substring(from));
    return parts;
  }

  /// A quoted value ends with its quote, whatever follows: readers that look for `name="model"` see
  /// no more of it.
  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    var text = new StringBuilder();
    for (var i = 1; i < value.length() && value.charAt(i) != '"'; i++) {
      i += value.charAt(i) == '\\' && i + 1 < value.length() ? 1 : 0;
      text.append(value.charAt(i));
    }
    return text.toString();
  }
}
