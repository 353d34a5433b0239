package io.onebalance.key.roster;

import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// What a lesson brought: the keys whose standing changed, and what happened to the one that it was
/// about. Made under the lock of the pool, told outside of it.
public record News(String keyId, List<Member> changed, List<KeyEvent.Change> changes) {
  public static final News NONE = new News("", List.of(), List.of());

  /// What happened to this key since, when these changed.
  public static News of(Member member, Glance before, List<Member> changed) {
    var account = member.key().account();
    var others = changed.size() - 1;
    var fellows = others > 0 ? new KeyEvent.Fellows(account, others) : KeyEvent.Fellows.NONE;
    return new News(member.id(), changed, before.changes(Glance.of(member), fellows));
  }

  /// Who hears of the keys of one provider.
  public record Listeners(
      String provider, Consumer<String> changedKeyId, Consumer<KeyEvent> events) {
    public void tell(News news, Cause cause, Instant at) {
      for (var member : news.changed) {
        changedKeyId.accept(member.id());
      }
      for (var change : news.changes) {
        events.accept(new KeyEvent(at, provider, news.keyId, cause, change));
      }
    }
  }
}
