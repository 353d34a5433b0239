package io.onebalance.console.pages.house;

import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.json.Json;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a form says of a gateway key, in the words of the key API. `expires` is until when the key
/// opens so far: its field shows no seconds, so where that was left alone the form says nothing.
record GatewayKeyForm(Params form, Optional<Instant> expires) {
  /// What a field of a limit says where there is none, whatever the default is.
  static final String NONE = "none";

  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  ObjectNode json() {
    var json = Json.MAPPER.createObjectNode();
    json.put("name", form.text("name")).put("groups", form.text("groups").strip());
    var limits = json.putObject("limits");
    for (var limit : Limit.values()) {
      put(limits, limit, form.text(limit.field()).strip());
    }
    var until = form.text("expires").strip();
    if (until.equals(GatewayKeyWords.input(expires))) {
      return json;
    }
    return until.isEmpty() ? json.putNull("expires_at") : json.put("expires_at", moment(until));
  }

  /// An empty field leaves the limit to the default.
  private static void put(ObjectNode limits, Limit limit, String text) {
    if (text.equalsIgnoreCase(NONE)) {
      limits.putNull(limit.field());
    } else if (!text.isEmpty()) {
      limits.put(limit.field(), number(limit, text));
    }
  }

  /// Money is written in dollars.
  private static long number(Limit limit, String text) {
    try {
      var number = new BigDecimal(text);
      return (limit.isMoney() ? number.multiply(MICROS) : number).longValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      throw Refusal.invalid("'%s' must be a number, or none".formatted(limit.setting()));
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
