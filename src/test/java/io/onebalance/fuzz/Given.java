package io.onebalance.fuzz;

import io.onebalance.http.Fields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Header fields as a client might send them.
final class Given {
  private Given() {}

  /// Fields by name, in lower case.
  static Fields fields(Map<String, String> fields) {
    return name -> fields.get(name.toLowerCase(Locale.ROOT));
  }

  /// Lines of `name: value`, up to the first empty one.
  static Fields fieldsIn(Input input) {
    var fields = new HashMap<String, String>();
    for (var line = input.line(); !line.isEmpty(); line = input.line()) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.putIfAbsent(name, line.substring(colon + 1).strip());
      }
    }
    return fields(fields);
  }
}
