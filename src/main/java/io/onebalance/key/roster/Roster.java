package io.onebalance.key.roster;

import io.onebalance.key.ApiKey;
import io.onebalance.key.turn.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The keys of a pool: by id, by number, by account and by the resource they belong to. A number is
/// given anew when its key left. Guarded by the lock of the pool.
public final class Roster {
  private final Map<String, Member> byId = new HashMap<>();
  private final List<@Nullable Member> byNumber = new ArrayList<>();
  private final List<ApiKey> keys = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Map<String, Set<Member>> byAccount = new HashMap<>();
  private final Map<String, Ring> byScope = new HashMap<>();
  private final Ring calm = new Ring();
  private final Ring blocked = new Ring();
  private final Ring benched = new Ring();

  public int size() {
    return byId.size();
  }

  /// The id of the key with this number, told without a look at the key; empty where none has it.
  public String id(int number) {
    return ids.get(number);
  }

  public int blocked() {
    return blocked.size();
  }

  /// How many are not blocked.
  public int usable() {
    return size() - blocked.size();
  }

  /// Why no key can be given nor waited for, in words.
  public String whyNone() {
    if (size() == 0) {
      return "no key of this provider is stored";
    }
    var usable = usable();
    if (usable == 0) {
      return "every stored key is blocked (" + size() + ")";
    }
    var others = blocked.size() == 0 ? "" : "; blocked: " + blocked.size();
    return "every usable key was asked already (" + usable + others + ")";
  }

  public void each(Consumer<Member> read) {
    each(0, numbers(), read);
  }

  /// Reads the keys with these numbers; tells whether there are higher ones.
  public boolean each(int from, int to, Consumer<Member> read) {
    for (var number = from; number < Math.min(to, numbers()); number++) {
      var member = byNumber.get(number);
      if (member != null) {
        read.accept(member);
      }
    }
    return to < numbers();
  }

  /// One more than the highest number ever given.
  public int numbers() {
    return byNumber.size();
  }

  public @Nullable Member find(String id) {
    return byId.get(id);
  }

  /// Whether the key under this number is one of these.
  public boolean isAmong(Set<String> ids, int number) {
    var member = ids.isEmpty() ? null : byNumber.get(number);
    return member != null && ids.contains(member.id());
  }

  /// Whether the key is still here that had this number.
  public boolean holds(Member member, int number) {
    return byNumber.get(number) == member;
  }

  /// Whether the key is active and rests for nothing: asked without a look at the key itself.
  public boolean isCalm(int number) {
    return calm.has(number);
  }

  /// The key with this number, told without a look at its member.
  public ApiKey key(int number) {
    return keys.get(number);
  }

  public @Nullable Member at(int number) {
    return byNumber.get(number);
  }

  public Member add(ApiKey key) {
    var number = free.isEmpty() ? byNumber.size() : free.pop();
    var member = new Member(key, number);
    if (number == byNumber.size()) {
      byNumber.add(member);
      keys.add(key);
      ids.add(key.id());
    } else {
      byNumber.set(number, member);
      keys.set(number, key);
      ids.set(number, key.id());
    }
    byId.put(key.id(), member);
    join(member);
    if (!member.scope().isEmpty()) {
      byScope.computeIfAbsent(member.scope(), _ -> new Ring()).add(number);
    }
    return member;
  }

  public void edit(Member member, ApiKey key) {
    part(member);
    member.edit(key);
    keys.set(member.number(), key);
    join(member);
  }

  public void remove(Member member) {
    part(member);
    byScope.computeIfPresent(
        member.scope(),
        (_, fellows) -> {
          fellows.drop(member.number());
          return fellows.size() == 0 ? null : fellows;
        });
    byId.remove(member.key().id());
    byNumber.set(member.number(), null);
    ids.set(member.number(), "");
    calm.drop(member.number());
    blocked.drop(member.number());
    benched.drop(member.number());
    free.push(member.number());
  }

  /// The keys that share an account with this one, itself among them. No account is shared by none.
  public Collection<Member> fellows(Member member) {
    var fellows = byAccount.get(member.key().account());
    return fellows == null ? Set.of(member) : fellows;
  }

  /// As [#fellows(Member)], of the key with this number. One without an account is not looked at:
  /// it has no fellows to name, not even itself.
  public Collection<Member> fellows(int number) {
    var account = keys.get(number).account();
    return account.isEmpty() ? Set.of() : byAccount.getOrDefault(account, Set.of());
  }

  /// Whether a key belongs to this resource by its own words.
  public boolean hasScope(String scope) {
    return byScope.containsKey(scope);
  }

  /// The ids of the keys that belong to the same resource as this one, itself among them. Looks at
  /// all keys.
  public Set<String> neighbours(String id) {
    var member = byId.get(id);
    if (member == null || member.scope().isEmpty()) {
      return Set.of(id);
    }
    return byId.values().stream()
        .filter(other -> other.scope().equals(member.scope()))
        .map(other -> other.key().id())
        .collect(Collectors.toSet());
  }

  /// The numbers of the keys that belong to this resource, where those are some and not all; else
  /// null.
  public @Nullable Ring within(String scope) {
    var numbers = scope.isEmpty() ? null : byScope.get(scope);
    return numbers == null || numbers.size() == size() ? null : numbers;
  }

  /// Takes note of a changed state or a changed rest.
  public void changed(Member member) {
    calm.set(member.number(), member.isCalm());
    blocked.set(member.number(), member.isBlocked());
    if (member.whole().isReady()) {
      benched.drop(member.number());
    }
  }

  /// Whether this key may be benched: never more than half of the keys are, on signs so weak.
  public boolean mayBench(Member member) {
    return isBenched(member) || 2 * (benched.size() + 1) <= size();
  }

  /// Whether failures of its own making made this key rest, and it has not served since.
  public boolean isBenched(Member member) {
    return benched.has(member.number());
  }

  public void bench(Member member) {
    benched.add(member.number());
  }

  private void join(Member member) {
    var account = member.key().account();
    if (!account.isEmpty()) {
      byAccount.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(member);
    }
  }

  private void part(Member member) {
    byAccount.computeIfPresent(
        member.key().account(),
        (_, fellows) -> {
          fellows.remove(member);
          return fellows.isEmpty() ? null : fellows;
        });
  }
}
