package io.onebalance.store.issue;

import io.onebalance.access.Permissions;
import io.onebalance.store.AuditLog.Deed;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Edits of issued keys as the audit log tells them: what the key is afterwards, and nothing of its
/// text.
final class IssuedDeeds {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private IssuedDeeds() {}

  static Deed told(String action, IssuedKey key) {
    return new Deed(action, key.id(), detail(key).toString());
  }

  static Deed rotated(IssuedKey key, Duration grace) {
    var detail = detail(key).put("grace_seconds", grace.toSeconds());
    return new Deed("gateway-key.rotate", key.id(), detail.toString());
  }

  private static ObjectNode detail(IssuedKey key) {
    var terms = key.terms();
    return JSON.createObjectNode()
        .put("name", key.name())
        .put("groups", Permissions.text(terms.groups()))
        .put("limits", terms.limits().text())
        .put("enabled", terms.enabled())
        .put("expires_at", terms.expires().map(Instant::getEpochSecond).orElse(null));
  }
}
