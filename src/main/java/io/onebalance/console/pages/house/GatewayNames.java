package io.onebalance.console.pages.house;

import io.onebalance.access.Grants;
import io.onebalance.store.issue.IssuedKeys;
import java.util.HashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What gateway keys are called where people read of them: requests and sums know their ids only.
public record GatewayNames(Supplier<Grants> grants, IssuedKeys issued) {
  private static final int TAIL = 8;

  /// The names of this moment, by id; of an id that nobody has any more its end.
  public UnaryOperator<String> names() {
    var names = new HashMap<String, String>();
    grants.get().defined().forEach(one -> names.put(one.grant().id(), one.place()));
    issued.list().forEach(key -> names.put(key.id(), key.name()));
    return id -> names.getOrDefault(id, tail(id));
  }

  private static String tail(String id) {
    return id.length() > TAIL ? "…" + id.substring(id.length() - TAIL) : id;
  }
}
