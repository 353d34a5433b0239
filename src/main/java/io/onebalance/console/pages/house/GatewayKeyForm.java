package io.onebalance.console.pages.house;

import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.json.Json;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import tools.jackson.databind.node.ObjectNode;

/// What a form says of a gateway key, in the words of the key API.
record GatewayKeyForm(Params form) {
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  ObjectNode json() {
    var json = Json.MAPPER.createObjectNode();
    json.put("name", form.text("name")).put("groups", form.text("groups").strip());
    var limits = json.putObject("limits");
    for (var limit : Limit.values()) {
      var text = form.text(limit.field()).strip();
      if (!text.isEmpty()) {
        limits.put(limit.field(), number(limit, text));
      }
    }
    var expires = form.text("expires").strip();
    if (expires.isEmpty()) {
      json.putNull("expires_at");
    } else {
      json.put("expires_at", moment(expires));
    }
    return json;
  }

  /// Money is written in dollars.
  private static long number(Limit limit, String text) {
    try {
      var number = new BigDecimal(text);
      return (limit.isMoney() ? number.multiply(MICROS) : number).longValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      throw Refusal.invalid("'%s' must be a number".formatted(limit.setting()));
    }
  }

  private static long moment(String text) {
    try {
      return LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw Refusal.invalid("'expires' must be a date and a time");
    }
  }
}
