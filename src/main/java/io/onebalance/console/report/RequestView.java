package io.onebalance.console.report;

import io.onebalance.console.json.Json;
import io.onebalance.ledger.Entry;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A request of the log as it is told: the same names in JSON and in CSV, where attempts are only
/// counted.
final class RequestView {
  private static final int MILLIS = 3;

  private RequestView() {}

  /// What is not known is an empty text.
  static Map<String, Object> of(Entry entry) {
    var told = new LinkedHashMap<String, Object>();
    told.put("request_id", entry.requestId());
    told.put("at", BigDecimal.valueOf(entry.at().toEpochMilli(), MILLIS));
    told.put("gateway_key", entry.gatewayKey());
    told.put("kind", word(entry.asked().kind()));
    told.put("asked_model", entry.asked().model());
    told.put("stream", entry.asked().stream());
    told.put("provider", entry.served().provider());
    told.put("model", entry.served().model());
    told.put("key", entry.served().keyId());
    told.put("route", word(entry.served().route()));
    told.put("status", entry.ending().status());
    told.put("ended", word(entry.ending().how()));
    told.put("first_byte_ms", entry.times().firstByte().toMillis());
    told.put("total_ms", entry.times().total().toMillis());
    tokens(entry, told);
    told.put("attempted", entry.attempted());
    told.put("dropped", String.join(" ", entry.dropped()));
    return told;
  }

  private static void tokens(Entry entry, Map<String, Object> told) {
    var tokens = entry.tokens();
    told.put("input_tokens", tokens.input());
    told.put("output_tokens", tokens.output());
    told.put("cached_tokens", tokens.cached());
    told.put("cache_written_tokens", tokens.cacheWritten());
    told.put("reasoning_tokens", tokens.reasoning());
    told.put("tokens", word(tokens.source()));
    told.put("cost_micros", entry.cost().<Object>map(money -> money.micros()).orElse(""));
  }

  static ObjectNode json(Entry entry) {
    var json = Json.MAPPER.createObjectNode();
    of(entry).forEach((name, value) -> json.putPOJO(name, value));
    json.put("cost_micros", entry.cost().map(money -> (Long) money.micros()).orElse(null));
    var dropped = json.putArray("dropped");
    entry.dropped().forEach(dropped::add);
    var attempts = json.putArray("attempts");
    for (var attempt : entry.attempts()) {
      attempts
          .addObject()
          .put("provider", attempt.provider())
          .put("key", attempt.keyId())
          .put("verdict", attempt.verdict())
          .put("after_ms", attempt.after().toMillis())
          .put("took_ms", attempt.took().toMillis());
    }
    return json;
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
