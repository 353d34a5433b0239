package io.onebalance.store.share;

import io.onebalance.access.limit.MinuteUse;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.key.quota.gauge.KeyUse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one instance used in a while: of keys' quotas, and of gateway keys' limits a minute.
public record Uses(List<OfKey> ofKeys, List<MinuteUse> ofCallers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Of a key of this provider.
  public record OfKey(String provider, KeyUse use) {}

  public Uses {
    ofKeys = List.copyOf(ofKeys);
    ofCallers = List.copyOf(ofCallers);
  }

  boolean isNothing() {
    return ofKeys.isEmpty() && ofCallers.isEmpty();
  }

  int size() {
    return ofKeys.size() + ofCallers.size();
  }

  /// Short, as it is written twice a second: lists without names.
  String text() {
    var all = JSON.createObjectNode();
    var keys = all.putArray("keys");
    for (var one : ofKeys) {
      var use = one.use;
      keys.addArray()
          .add(one.provider)
          .add(use.keyId())
          .add(use.model())
          .add(use.requests())
          .add(use.inputTokens())
          .add(use.outputTokens());
    }
    var callers = all.putArray("callers");
    for (var one : ofCallers) {
      callers
          .addArray()
          .add(one.key())
          .add(one.limits().text())
          .add(one.requests())
          .add(one.tokens());
    }
    return all.toString();
  }

  /// Reads what [#text] wrote.
  static Uses parse(String text) {
    var all = JSON.readTree(text);
    var keys = new ArrayList<OfKey>();
    all.path("keys").values().forEach(one -> keys.add(ofKey(one)));
    var callers = new ArrayList<MinuteUse>();
    all.path("callers").values().forEach(one -> callers.add(ofCaller(one)));
    return new Uses(keys, callers);
  }

  private static OfKey ofKey(JsonNode one) {
    var use =
        new KeyUse(
            one.path(1).asString(),
            one.path(2).asString(),
            one.path(3).asLong(),
            one.path(4).asLong(),
            one.path(5).asLong());
    return new OfKey(one.path(0).asString(), use);
  }

  private static MinuteUse ofCaller(JsonNode one) {
    return new MinuteUse(
        one.path(0).asString(),
        KeyLimits.parse(one.path(1).asString()),
        one.path(2).asLong(),
        one.path(3).asLong());
  }
}
