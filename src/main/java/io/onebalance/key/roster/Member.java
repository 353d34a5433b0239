package io.onebalance.key.roster;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.provider.credential.Scope;
import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A key of a pool with all that is known of it now. Guarded by the lock of its pool.
public final class Member {
  /// No time: present already, or returning with something other than time.
  public static final long NEVER = Long.MAX_VALUE;

  /// A key set aside that nobody judged in this time comes back by itself: whoever set it aside is
  /// no longer there to judge.
  public static final Duration LONGEST_ASIDE = Duration.ofMinutes(15);

  private final String id;
  private final String scope;

  /// Most keys rest for no model, and share the empty map.
  private Map<String, Rest> rests = Map.of();

  private ApiKey key;

  private int weight;
  private final int number;
  private State state = State.ACTIVE;
  private Instant asideUntil = Instant.EPOCH;
  private Rest whole = Rest.Ready.READY;
  private String refusedFor = "";
  private Duration totalCooling = Duration.ZERO;

  /// Most providers say nothing of what is left, and their keys have none of this.
  private @Nullable Allowances allowances;

  Member(ApiKey key, int number) {
    id = key.id();
    scope = Scope.of(key.secret());
    this.key = key;
    weight = key.weight();
    this.number = number;
  }

  /// Never changes, and may be read without the lock.
  public String id() {
    return id;
  }

  /// What the key belongs to by its own words: a request that names it goes to such keys.
  String scope() {
    return scope;
  }

  public ApiKey key() {
    return key;
  }

  void edit(ApiKey edited) {
    key = edited;
    weight = edited.weight();
  }

  public int weight() {
    return weight;
  }

  public int number() {
    return number;
  }

  public State state() {
    return state;
  }

  public void state(State next) {
    state = next;
  }

  public void setAside(Instant now) {
    state = State.SET_ASIDE;
    asideUntil = now.plus(LONGEST_ASIDE);
  }

  public boolean isBlocked() {
    return state instanceof State.Blocked;
  }

  public boolean isSetAside() {
    return state instanceof State.SetAside;
  }

  public boolean isForgottenAside(Instant now) {
    return isSetAside() && !asideUntil.isAfter(now);
  }

  public Rest whole() {
    return whole;
  }

  public void whole(Rest next) {
    count(whole, next);
    whole = next;
    refusedFor = next.isReady() ? "" : refusedFor;
  }

  /// Nobody pays for the key, as a request for this model was told.
  public void unpaid(String model) {
    refusedFor = refusedFor.isEmpty() ? model : refusedFor;
  }

  /// For which model it was refused, as long as it rests because nobody pays; empty where that is
  /// not known.
  public String refusedFor() {
    return refusedFor;
  }

  public Rest rest(String model) {
    return rests.isEmpty() ? Rest.Ready.READY : rests.getOrDefault(model, Rest.Ready.READY);
  }

  public void rest(String model, Rest next) {
    count(rest(model), next);
    if (!next.isReady()) {
      rests = rests.isEmpty() ? new HashMap<>(2) : rests;
      rests.put(model, next);
    } else if (!rests.isEmpty()) {
      rests.remove(model);
      rests = rests.isEmpty() ? Map.of() : rests;
    }
  }

  /// Changes how the key stands, as a whole and for each model.
  public void each(UnaryOperator<Rest> change) {
    whole(change.apply(whole));
    rests.keySet().stream().toList().forEach(model -> rest(model, change.apply(rest(model))));
  }

  public Map<String, Rest> rests() {
    return rests.isEmpty() ? Map.of() : Map.copyOf(rests);
  }

  Duration totalCooling() {
    return totalCooling;
  }

  /// Whether the key may be given out for the model.
  public boolean opens(String model) {
    return state instanceof State.Active && whole.opens() && rest(model).opens();
  }

  /// Whether the key comes back when something is decided that is underway.
  public boolean isUnderway(String model) {
    return !isBlocked() && (isSetAside() || isOnTrial(model));
  }

  /// In milliseconds: when time alone brings the key back.
  public long returnsAt(String model) {
    if (isBlocked() || opens(model) || isOnTrial(model)) {
      return NEVER;
    }
    var aside = isSetAside() ? asideUntil.toEpochMilli() : 0;
    return Math.max(aside, Math.max(until(whole), until(rest(model))));
  }

  /// In milliseconds: when the key may be tried though it rests, as a whole or for the model.
  public long probesAt(String model) {
    return state instanceof State.Active && !opens(model)
        ? Math.max(probesAt(whole), probesAt(rest(model)))
        : NEVER;
  }

  private static long probesAt(Rest rest) {
    return switch (rest) {
      case Rest.Ready _, Rest.Due _ -> 0;
      case Rest.Resting(_, _, var probe) -> probe.at().toEpochMilli();
      case Rest.Trial _ -> NEVER;
    };
  }

  /// In milliseconds: when time alone brings the key back, or lets it be probed.
  public long soonest(String model) {
    return Math.min(returnsAt(model), probesAt(model));
  }

  /// Takes note of what the provider says is left for this model.
  public void say(String model, List<Allowance> told, Instant now) {
    allowances = allowances == null ? new Allowances() : allowances;
    allowances.say(model, told, now);
  }

  public List<Allowance> allowances(String model, Instant now) {
    return allowances == null ? List.of() : allowances.of(model, now);
  }

  public Map<String, List<Allowance>> allowances(Instant now) {
    return allowances == null ? Map.of() : allowances.all(now);
  }

  /// A request takes the key; if it was due, or rests, this is its trial.
  public void take(String model) {
    whole(whole.taken());
    rest(model, rest(model).taken());
  }

  public void restore(Standing standing, Instant now) {
    if (standing.state() instanceof State.SetAside) {
      setAside(now);
    } else {
      state = standing.state();
    }
    standing.coolings().forEach((model, cooling) -> restore(model, cooling, now));
    totalCooling = standing.totalCooling();
  }

  /// What rests here and not there was ended there. Only who learnt of a rest probes it early.
  public void adopt(Standing told, Instant now) {
    if (!(told.state() instanceof State.SetAside)) {
      state = told.state();
    } else if (!isSetAside()) {
      setAside(now);
    }
    whole(whole.adopted(told.coolings().get(Cooling.WHOLE_KEY), now));
    var models = new HashSet<>(rests.keySet());
    models.addAll(told.coolings().keySet());
    models.remove(Cooling.WHOLE_KEY);
    models.forEach(model -> rest(model, rest(model).adopted(told.coolings().get(model), now)));
    if (told.totalCooling().compareTo(totalCooling) > 0) {
      totalCooling = told.totalCooling();
    }
  }

  private void restore(String model, Cooling cooling, Instant now) {
    if (!cooling.runs(now)) {
      return;
    }
    if (model.equals(Cooling.WHOLE_KEY)) {
      whole(Rest.restored(cooling, true, now));
    } else {
      rest(model, Rest.restored(cooling, true, now));
    }
  }

  public void rewind(Instant now) {
    each(rest -> rest.rewound(now));
    if (asideUntil.isAfter(now.plus(LONGEST_ASIDE))) {
      asideUntil = now.plus(LONGEST_ASIDE);
    }
  }

  public Standing standing(Health health, Instant now) {
    var coolings = HashMap.<String, Cooling>newHashMap(rests.size() + 1);
    rests.forEach((model, rest) -> note(coolings, model, rest, now));
    note(coolings, Cooling.WHOLE_KEY, whole, now);
    return new Standing(state, coolings, totalCooling, health);
  }

  /// Whether nothing at all keeps the key or marks it.
  boolean isCalm() {
    return state instanceof State.Active && whole.isReady() && rests.isEmpty();
  }

  boolean isCooling(Instant now) {
    return runs(whole, now) || rests.values().stream().anyMatch(rest -> runs(rest, now));
  }

  private boolean isOnTrial(String model) {
    return whole instanceof Rest.Trial || rest(model) instanceof Rest.Trial;
  }

  private void count(Rest before, Rest next) {
    if (next instanceof Rest.Resting) {
      totalCooling = totalCooling.plus(next.total().minus(before.total()));
    }
  }

  private static boolean runs(Rest rest, Instant now) {
    return rest.cooling().runs(now);
  }

  private static long until(Rest rest) {
    return rest instanceof Rest.Resting ? rest.cooling().until().toEpochMilli() : 0;
  }

  private static void note(Map<String, Cooling> into, String model, Rest rest, Instant now) {
    if (runs(rest, now)) {
      into.put(model, rest.cooling());
    }
  }
}
