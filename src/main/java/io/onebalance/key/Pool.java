package io.onebalance.key;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The keys of one provider and their live state.
public final class Pool {
  private record Life(ApiKey key, Standing standing) {}

  private final Map<String, Life> lives = new ConcurrentHashMap<>();
  private final Consumer<String> changed;

  Pool(Consumer<String> changed) {
    this.changed = changed;
  }

  public void put(ApiKey key, Standing standing, Instant now) {
    lives.put(key.id(), new Life(key, standing));
  }

  public void edit(ApiKey key) {
    lives.computeIfPresent(key.id(), (_, life) -> new Life(key, life.standing));
  }

  public void remove(String keyId) {
    lives.remove(keyId);
  }

  public void block(String keyId, String reason, Instant now) {
    change(keyId, s -> state(s, new State.Blocked(reason, now)));
  }

  public void activate(String keyId, Instant now) {
    change(keyId, s -> state(s, new State.Active()));
  }

  public void reset(String keyId, Instant now) {
    change(keyId, s -> new Standing(s.state(), Map.of(), s.totalCooling(), s.health()));
  }

  public Optional<Standing> standing(String keyId, Instant now) {
    return Optional.ofNullable(lives.get(keyId)).map(Life::standing);
  }

  public List<ApiKey> keys() {
    return lives.values().stream().map(Life::key).toList();
  }

  public int size() {
    return lives.size();
  }

  public Counts counts(Instant now) {
    var blocked =
        (int)
            lives.values().stream()
                .filter(life -> life.standing.state() instanceof State.Blocked)
                .count();
    return new Counts(lives.size() - blocked, 0, 0, blocked);
  }

  private static Standing state(Standing s, State state) {
    return new Standing(state, s.coolings(), s.totalCooling(), s.health());
  }

  private void change(String keyId, UnaryOperator<Standing> how) {
    lives.computeIfPresent(keyId, (_, life) -> new Life(life.key, how.apply(life.standing)));
    changed.accept(keyId);
  }
}
