package io.onebalance.relay.ask.trail;

import io.onebalance.key.ApiKey;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the asking for one request has been through so far: its last step, and what all steps came
/// to. It costs the same after thousands of keys as after one: a pool may be full of dead ones.
public final class Trail {
  public static final Trail NONE = new Trail();

  /// So many steps are told in words, the latest ones.
  private static final int TOLD = 10;

  private final Step step;
  private final int attempts;
  private final int unheard;
  private final Duration waited;
  private final List<Attempt.Refused> faults;
  private final Map<ApiKey, Verdict.Doubted> doubted;
  private final Map<ApiKey, Verdict.Unpermitted> unpermitted;
  private final Set<String> finished;
  private final Attempt.@Nullable Refused last;
  private final List<String> words;
  private final int untold;

  private Trail() {
    step = new Step.Rested(Duration.ZERO);
    attempts = 0;
    unheard = 0;
    waited = Duration.ZERO;
    faults = List.of();
    doubted = Map.of();
    unpermitted = Map.of();
    finished = Set.of();
    last = null;
    words = List.of();
    untold = 0;
  }

  private Trail(Trail before, Step next) {
    step = next;
    attempts = before.attempts + (next instanceof Step.Rested ? 0 : 1);
    unheard = next instanceof Step.Unheard ? before.unheard + 1 : 0;
    waited = next instanceof Step.Rested(var rest) ? before.waited.plus(rest) : before.waited;
    var refused = next instanceof Step.Asked(var told) ? told : null;
    last = refused == null ? before.last : refused;
    faults =
        refused != null && isFault(refused.verdict())
            ? with(before.faults, refused)
            : before.faults;
    doubted = with(before.doubted, Verdict.Doubted.class, refused);
    unpermitted = with(before.unpermitted, Verdict.Unpermitted.class, refused);
    finished = refused == null ? before.finished : with(before.finished, refused);
    var text = words(next);
    var full = before.words.size() == TOLD;
    words =
        text.isEmpty()
            ? before.words
            : with(full ? before.words.subList(1, TOLD) : before.words, text);
    untold = before.untold + (full && !text.isEmpty() ? 1 : 0);
  }

  /// One thing that happened.
  public sealed interface Step {
    /// A key was asked and there was no answer to pass on.
    record Asked(Attempt.Refused refused) implements Step {}

    /// A key was asked and the server did not hear it.
    record Unheard(ApiKey key, String why) implements Step {}

    /// Nothing was asked for a while.
    record Rested(Duration rest) implements Step {}
  }

  public Trail and(Step next) {
    return new Trail(this, next);
  }

  /// How often an upstream was asked.
  public int attempts() {
    return attempts;
  }

  /// How long the request rested for a key's recovery, all rests together.
  public Duration waited() {
    return waited;
  }

  /// How often the provider itself failed.
  public int faults() {
    return faults.size();
  }

  /// The keys with which the provider itself failed.
  public Set<String> faulty() {
    return faults.stream().map(fault -> fault.key().id()).collect(Collectors.toSet());
  }

  /// How often the provider itself failed with this kind of trouble. What keys refused for a reason
  /// of their own is no failure of it.
  public int met(Class<? extends Trouble> kind) {
    return (int) faults.stream().filter(fault -> kind.isInstance(fault.trouble())).count();
  }

  /// The keys whose guilt depends on how this request ends.
  public Map<ApiKey, Verdict.Doubted> doubted() {
    return doubted;
  }

  /// The keys that may not do what was asked.
  public Map<ApiKey, Verdict.Unpermitted> unpermitted() {
    return unpermitted;
  }

  /// The keys not to be asked again: those that refused for a reason of their own which no short
  /// rest mends.
  public Set<String> finished() {
    return Collections.unmodifiableSet(finished);
  }

  /// The key to ask again: the last one asked, where the failure was not its own.
  public Optional<String> again() {
    return switch (step) {
      case Step.Asked(var refused) when isFault(refused.verdict()) ->
          Optional.of(refused.key().id());
      case Step.Unheard(var key, _) -> Optional.of(key.id());
      case Step.Asked _ -> Optional.empty();
      case Step.Rested _ -> Optional.empty();
    };
  }

  /// How often in a row, up to now, the server did not hear the question.
  public int unheard() {
    return unheard;
  }

  /// The last refusal, if there was one.
  public Optional<Attempt.Refused> last() {
    return Optional.ofNullable(last);
  }

  /// Key by key, in words; of many, the latest.
  public String story() {
    var story = String.join("; ", words);
    return untold == 0 ? story : "after " + untold + " other steps: " + story;
  }

  private static String words(Step step) {
    return switch (step) {
      case Step.Asked(var refused) ->
          refused.key().secret().masked() + " " + Words.of(refused.verdict());
      case Step.Unheard(var key, var why) -> key.secret().masked() + " was not heard (" + why + ")";
      case Step.Rested(var rest) -> rest.isPositive() ? "waited " + rest.toMillis() + " ms" : "";
    };
  }

  private static <T> List<T> with(List<T> before, T next) {
    var all = new ArrayList<>(before);
    all.add(next);
    return List.copyOf(all);
  }

  private static <V extends Verdict> Map<ApiKey, V> with(
      Map<ApiKey, V> before, Class<V> kind, Attempt.@Nullable Refused refused) {
    if (refused == null || !kind.isInstance(refused.verdict())) {
      return before;
    }
    var all = new LinkedHashMap<>(before);
    all.put(refused.key(), kind.cast(refused.verdict()));
    return Collections.unmodifiableMap(all);
  }

  /// The set grows along the way, and earlier steps see it grown: nobody asks them any more.
  private static Set<String> with(Set<String> before, Attempt.Refused refused) {
    if (!isFinal(refused.verdict())) {
      return before;
    }
    var all = before.isEmpty() ? new HashSet<String>() : before;
    all.add(refused.key().id());
    return all;
  }

  private static boolean isFault(Verdict verdict) {
    return verdict instanceof Verdict.Faulted || verdict instanceof Verdict.Overloaded;
  }

  private static boolean isFinal(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Dead _,
          Verdict.Doubted _,
          Verdict.NoAccess _,
          Verdict.Unpermitted _,
          Verdict.Exhausted _ ->
          true;
      case Verdict.Served _,
          Verdict.Mistaken _,
          Verdict.Limited _,
          Verdict.Overloaded _,
          Verdict.Faulted _,
          Verdict.Astray _ ->
          false;
    };
  }
}
