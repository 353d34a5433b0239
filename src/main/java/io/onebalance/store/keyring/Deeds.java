package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.secret.Secret;
import io.onebalance.store.AuditLog.Deed;
import io.onebalance.store.keyring.KeyTable.Name;
import io.onebalance.store.keyring.Keyring.Held;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Edits of keys as the audit log tells them: how many, which (the first hundred by id), and what
/// was asked for. What was searched for may be a key, and is told masked.
final class Deeds {
  private static final int MOST_NAMED = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Deeds() {}

  static Deed added(String provider, List<ApiKey> keys) {
    return new Deed("add", provider, told(keys.stream().map(ApiKey::id), keys.size()).toString());
  }

  static Deed done(String action, Selection selection, List<Name> names) {
    var detail = told(names.stream().map(Name::id), names.size());
    switch (selection) {
      case Selection.Ids _ -> {}
      case Selection.Matching(var filter) ->
          detail
              .putObject("filter")
              .put("provider", filter.provider())
              .put("status", filter.status())
              .put("q", filter.text().isEmpty() ? "" : new Secret(filter.text()).masked());
    }
    var providers =
        names.stream().map(Name::provider).distinct().sorted().collect(Collectors.joining(","));
    return new Deed(action, providers, detail.toString());
  }

  static Deed patched(ApiKey key, Patch patch) {
    var detail = told(Stream.of(key.id()), 1);
    patch.status().ifPresent(status -> detail.put("status", status));
    patch.remark().ifPresent(remark -> detail.put("remark", remark));
    patch.weight().ifPresent(weight -> detail.put("weight", weight));
    patch.account().ifPresent(account -> detail.put("account", account));
    return new Deed("patch", key.provider(), detail.toString());
  }

  /// Keys that came from elsewhere: those new here, and those that learnt something by it.
  static Deed arrived(Set<String> added, Set<String> changed) {
    var detail = JSON.createObjectNode();
    detail.set("added", told(added.stream().sorted(), added.size()));
    detail.set("changed", told(changed.stream().sorted(), changed.size()));
    return new Deed("import", "keys", detail.toString());
  }

  /// Keys whose text was shown.
  static Deed revealed(List<Held> keys) {
    var providers =
        keys.stream()
            .map(h -> h.key().provider())
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    return new Deed(
        "reveal", providers, told(keys.stream().map(h -> h.key().id()), keys.size()).toString());
  }

  private static ObjectNode told(Stream<String> ids, int count) {
    var detail = JSON.createObjectNode().put("count", count);
    var named = detail.putArray("ids");
    ids.limit(MOST_NAMED).forEach(named::add);
    return detail;
  }
}
