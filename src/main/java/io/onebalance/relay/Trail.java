package io.onebalance.relay;

import io.onebalance.key.ApiKey;
import io.onebalance.provider.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the asking for one request has been through so far: its steps, in order. All else that
/// decides what may be tried next is read off them.
final class Trail {
  static final Trail NONE = new Trail(null, new Step.Rested(Duration.ZERO));

  private final @Nullable Trail before;
  private final Step step;

  private Trail(@Nullable Trail before, Step step) {
    this.before = before;
    this.step = step;
  }

  /// One thing that happened.
  sealed interface Step {
    /// A key was asked and there was no answer to pass on.
    record Asked(Attempt.Refused refused) implements Step {}

    /// A key was asked and the server did not hear it.
    record Unheard(ApiKey key, String why) implements Step {}

    /// Nothing was asked for a while.
    record Rested(Duration rest) implements Step {}
  }

  Trail and(Step next) {
    return new Trail(this, next);
  }

  /// How often an upstream was asked.
  int attempts() {
    return (int) steps().filter(step -> !(step instanceof Step.Rested)).count();
  }

  /// How long the request rested for a key's recovery, all rests together.
  Duration waited() {
    return steps()
        .map(step -> step instanceof Step.Rested(var rest) ? rest : Duration.ZERO)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// How often the provider itself failed.
  int faults() {
    return (int) refusals().filter(refused -> isFault(refused.verdict())).count();
  }

  /// How often this kind of trouble was met.
  int met(Class<? extends Trouble> kind) {
    return (int) refusals().filter(refused -> kind.isInstance(refused.trouble())).count();
  }

  /// The keys whose guilt depends on how this request ends.
  Map<ApiKey, Verdict.Doubted> doubted() {
    var doubts = new LinkedHashMap<ApiKey, Verdict.Doubted>();
    refusals()
        .forEach(refused -> {
          if (refused.verdict() instanceof Verdict.Doubted doubt) {
            doubts.put(refused.key(), doubt);
          }
        });
    return doubts;
  }

  /// The keys not to be asked again: those that refused for a reason of their own which no short
  /// rest mends.
  Set<String> finished() {
    var ids = new HashSet<String>();
    refusals()
        .filter(refused -> isFinal(refused.verdict()))
        .forEach(refused -> ids.add(refused.key().id()));
    return ids;
  }

  /// The key to ask again: the last one asked, where the failure was not its own.
  Optional<String> again() {
    return switch (step) {
      case Step.Asked(var refused) when isFault(refused.verdict()) ->
          Optional.of(refused.key().id());
      case Step.Unheard(var key, _) -> Optional.of(key.id());
      case Step.Asked _ -> Optional.empty();
      case Step.Rested _ -> Optional.empty();
    };
  }

  /// How often in a row, up to now, the server did not hear the question.
  int unheard() {
    return step instanceof Step.Unheard && before != null ? before.unheard() + 1 : 0;
  }

  /// The last refusal, if there was one.
  Optional<Attempt.Refused> last() {
    for (var at = this; at != null; at = at.before) {
      if (at.step instanceof Step.Asked(var refused)) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  /// Key by key, in words.
  String story() {
    var words = new ArrayList<String>();
    for (var at = this; at != null; at = at.before) {
      switch (at.step) {
        case Step.Asked(var refused) ->
            words.add(refused.key().secret().masked() + " " + Words.of(refused.verdict()));
        case Step.Unheard(var key, var why) ->
            words.add(key.secret().masked() + " was not heard (" + why + ")");
        case Step.Rested(var rest) -> {
          if (rest.isPositive()) {
            words.add("waited " + rest.toMillis() + " ms");
          }
        }
      }
    }
    Collections.reverse(words);
    return String.join("; ", words);
  }

  private Stream<Attempt.Refused> refusals() {
    return steps().flatMap(step -> step instanceof Step.Asked(var r) ? Stream.of(r) : Stream.of());
  }

  private Stream<Step> steps() {
    var earlier = before == null ? Stream.<Step>empty() : before.steps();
    return Stream.concat(Stream.of(step), earlier);
  }

  private static boolean isFault(Verdict verdict) {
    return verdict instanceof Verdict.Faulted || verdict instanceof Verdict.Overloaded;
  }

  private static boolean isFinal(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Dead _, Verdict.Doubted _, Verdict.NoAccess _, Verdict.Exhausted _ -> true;
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
