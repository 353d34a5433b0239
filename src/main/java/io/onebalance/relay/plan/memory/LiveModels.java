package io.onebalance.relay.plan.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The models that providers said they have, each list as fresh as the last asking for it.
/// Thread-safe; there is at most one list a provider.
public final class LiveModels {
  private static final Duration FRESH = Duration.ofMinutes(10);

  /// After a list could not be had, it is not asked for again at once.
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Map<String, Listed> byProvider = new ConcurrentHashMap<>();

  private record Listed(List<Model> models, Set<String> ids, Instant until) {}

  /// A model of a provider. `id` is the name that requests ask for it by.
  ///
  /// @param label for people; often the same as the id
  public record Model(String id, String label) {}

  /// Whether it is time to ask this provider for its list.
  public boolean isDue(String provider, Instant now) {
    var listed = byProvider.get(provider);
    return listed == null || listed.until.isBefore(now);
  }

  /// The provider told its models.
  public void told(String provider, List<Model> models, Instant now) {
    var ids = new TreeSet<String>();
    models.forEach(model -> ids.add(model.id));
    byProvider.put(provider, new Listed(List.copyOf(models), ids, now.plus(FRESH)));
  }

  /// The provider told none; what it told before still stands.
  public void silent(String provider, Instant now) {
    byProvider.compute(
        provider,
        (_, before) ->
            before == null
                ? new Listed(List.of(), Set.of(), now.plus(PAUSE))
                : new Listed(before.models, before.ids, now.plus(PAUSE)));
  }

  /// What the provider told last; empty where it never told a list.
  public Optional<List<Model>> of(String provider) {
    return Optional.ofNullable(byProvider.get(provider))
        .map(Listed::models)
        .filter(models -> !models.isEmpty());
  }

  /// Whether the provider's list has this model.
  public boolean has(String provider, String model) {
    var listed = byProvider.get(provider);
    return listed != null && listed.ids.contains(model);
  }
}
