package io.onebalance.console.pages.house;

import io.onebalance.console.json.Json;
import io.onebalance.console.pages.keys.view.KeyPage.Fact;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The details of a row of the audit log for people: a line a field, lists by their first entries.
/// The whole stands in the log itself.
final class AuditDetail {
  private static final int FIRST = 3;
  private static final int LONGEST = 200;

  private AuditDetail() {}

  static List<Fact> read(String detail, UnaryOperator<String> names) {
    try {
      return Json.MAPPER.readTree(detail).properties().stream()
          .filter(field -> !text(field.getValue()).isEmpty())
          .map(field -> new Fact(names.apply(field.getKey()), text(field.getValue())))
          .toList();
    } catch (JacksonException _) {
      return detail.isEmpty() ? List.of() : List.of(new Fact("", cut(detail)));
    }
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      var first = value.valueStream().limit(FIRST).map(AuditDetail::text);
      var more = value.size() > FIRST ? ", +" + (value.size() - FIRST) : "";
      return first.collect(Collectors.joining(", ")) + more;
    }
    if (value.isObject()) {
      return value.properties().stream()
          .filter(field -> !text(field.getValue()).isEmpty())
          .map(field -> field.getKey() + " " + text(field.getValue()))
          .collect(Collectors.joining(", "));
    }
    return cut(value.asString());
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) > LONGEST
        ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…"
        : text;
  }
}
