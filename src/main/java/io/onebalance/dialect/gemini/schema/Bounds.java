package io.onebalance.dialect.gemini.schema;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The least and the most that a number may be.
final class Bounds {
  /// What a generator writes where there is no bound: the largest whole number of JavaScript.
  private static final BigDecimal SAFE = new BigDecimal("9007199254740991");

  private Bounds() {}

  static void reduce(ObjectNode schema) {
    var whole = schema.path("type").asString("").equals("integer");
    inclusive(schema, "exclusiveMinimum", "minimum", whole ? BigDecimal.ONE : BigDecimal.ZERO);
    inclusive(
        schema, "exclusiveMaximum", "maximum", whole ? BigDecimal.ONE.negate() : BigDecimal.ZERO);
    for (var bound : List.of("minimum", "maximum")) {
      var value = schema.path(bound);
      if (!value.isNumber() || isNone(value.asDecimal(BigDecimal.ZERO))) {
        schema.remove(bound);
      }
    }
  }

  private static boolean isNone(BigDecimal bound) {
    return bound.abs().compareTo(SAFE) >= 0;
  }

  private static void inclusive(
      ObjectNode schema, String exclusive, String bound, BigDecimal step) {
    var value = schema.remove(exclusive);
    if (value == null || !value.isNumber()) {
      return;
    }
    if (step.signum() == 0) {
      schema.set(bound, value);
    } else if (value.canConvertToLong()
        && value.isIntegralNumber()
        && !isNone(value.asDecimal(SAFE))) {
      schema.put(bound, value.longValue() + step.longValue());
    } else {
      schema.remove(bound);
    }
  }
}
