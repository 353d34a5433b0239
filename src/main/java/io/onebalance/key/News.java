package io.onebalance.key;

import io.onebalance.key.event.KeyEvent;
import java.util.List;
import java.util.function.Consumer;

/// What a lesson brought: the keys whose standing changed, and what happened to the one that it was
/// about. Made under the lock of the pool, told outside of it.
record News(String keyId, List<Member> changed, List<KeyEvent.Change> changes) {
  static final News NONE = new News("", List.of(), List.of());

  /// Who hears of the keys of one provider.
  record Listeners(String provider, Consumer<String> changedKeyId, Consumer<KeyEvent> events) {
    void tell(News news, String requestId) {
      for (var member : news.changed) {
        changedKeyId.accept(member.id());
      }
      for (var change : news.changes) {
        events.accept(new KeyEvent(provider, news.keyId, requestId, change));
      }
    }
  }
}
