package io.onebalance.key.pool;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Ask;
import io.onebalance.key.Cooling;
import io.onebalance.key.Counts;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.event.Cause;
import io.onebalance.key.lane.Lanes;
import io.onebalance.key.lane.Preference;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.roster.Glance;
import io.onebalance.key.roster.HealthTable;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.News;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.roster.Soonest;
import io.onebalance.key.roster.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The keys of one provider, what is known of each, and the choice among them. Safe for use by
/// several threads: one lock, held for well under a microsecond by a choice.
public final class Pool {
  private final Object lock = new Object();
  private final Roster roster = new Roster();
  private final Lanes lanes;
  private final HealthTable health = new HealthTable();
  private final ClockTurns turns;
  private final Lessons lessons;
  private final Slots slots;
  private final Choosing choosing;
  private final Census census;
  private final KnownLimits limits;
  private final News.Listeners listeners;

  Pool(Supplier<Policy> policy, RandomGenerator chance, News.Listeners listeners) {
    var rules = new CooldownRules(listeners.provider(), policy, chance);
    lanes = new Lanes(roster, () -> new Spans(policy.get().windows(listeners.provider())));
    turns = new ClockTurns(roster, lanes);
    lessons = new Lessons(roster, lanes, rules, health);
    census = new Census(lock, roster);
    limits = new KnownLimits(census, lanes);
    slots = new Slots(census, health, lessons, turns, listeners);
    choosing =
        new Choosing(
            roster,
            lanes,
            new Preference(health, chance),
            lessons,
            new Explaining(roster, health),
            slots);
    this.listeners = listeners;
  }

  /// The next key for this model, none of those asked already: the ready ones in turn, the ailing
  /// less often; when none is ready, one whose long rest may be tried early. A key that now rests
  /// needs no place among the asked ones; one named there is not waited for either.
  public Choice choose(String model, Set<String> asked, Instant now) {
    return choose(Ask.of(model).without(asked), now);
  }

  /// Whom to tell when a key may have room: for this model, or, [Cooling#WHOLE_KEY], for all. It
  /// runs under no lock, on the thread that brought the news.
  public void tellsOfRoom(Consumer<String> listener) {
    slots.tellsOfRoom(listener);
  }

  /// As [#choose(String, Set, Instant)]: a key whose quota has room for what the request needs.
  public Choice choose(Ask ask, Instant now) {
    if (!ask.only().isEmpty()) {
      return chooseOnly(ask.only(), ask, now);
    }
    var fit = ask.model().equals(Cooling.WHOLE_KEY) ? ask.withoutModel() : ask;
    Choice choice;
    List<News> noticed;
    synchronized (lock) {
      turns.notice(now);
      choice = choosing.any(fit, now);
      noticed = lessons.noticed();
    }
    tell(noticed, now);
    return choice;
  }

  /// This very key, for what stays with its key; only a rest or a block can stand in the way.
  public Choice chooseOnly(String keyId, String model, Instant now) {
    return chooseOnly(keyId, Ask.of(model), now);
  }

  /// As [#chooseOnly(String, String, Instant)], with room for what the request needs.
  public Choice chooseOnly(String keyId, Ask told, Instant now) {
    var ask = told.model().equals(Cooling.WHOLE_KEY) ? told.withoutModel() : told;
    Choice choice;
    List<News> noticed;
    synchronized (lock) {
      turns.notice(now);
      var member = roster.find(keyId);
      choice =
          member == null
              ? new Choice.None("the key that this belongs to is no longer stored")
              : choosing.only(member, ask, now);
      noticed = lessons.noticed();
    }
    tell(noticed, now);
    return choice;
  }

  /// Notices which rests time has ended, and tells of them. Choices do so as well, but only for
  /// what they ask for. The lock is held for a few keys at a time.
  void notice(Instant now) {
    boolean more;
    do {
      List<News> noticed;
      synchronized (lock) {
        turns.notice(now);
        more = choosing.wake(now);
        noticed = lessons.noticed();
      }
      tell(noticed, now);
    } while (more);
  }

  private void tell(List<News> noticed, Instant now) {
    for (var news : noticed) {
      listeners.tell(news, new Cause.Time(), now);
    }
  }

  /// This very key whatever stands in its way, to test the key itself; empty when it is not here. A
  /// test without a model shows that the key is known, not that its account has credit again: of
  /// its rests it tries only one that began with failures of the key's own.
  public Optional<Slot> slotForTest(String keyId, String model, Instant now) {
    synchronized (lock) {
      turns.notice(now);
      return Optional.ofNullable(roster.find(keyId))
          .map(member -> choosing.testing(member, Cooling.modelNamed(model), now));
    }
  }

  /// Another instance used this `then`, which counts against the key's quotas as our own requests
  /// do.
  public void usedElsewhere(KeyUse used, Instant then, Instant now) {
    synchronized (lock) {
      turns.notice(now);
      var member = roster.find(used.keyId());
      if (member != null) {
        choosing.heard(member, used, then, now);
      }
    }
  }

  /// What was used here since this was asked last, for the other instances. It is kept from the
  /// first call on.
  public List<KeyUse> takeUntold() {
    synchronized (lock) {
      return lanes.untold().take();
    }
  }

  /// The key was at fault when it was set aside, as this request shows. Nothing happens to a key
  /// that is no longer so: it has been acquitted since.
  public void convict(String keyId, String reason, String requestId, Instant now) {
    change(
        keyId,
        Cause.of(requestId),
        m -> m.isSetAside() ? lessons.block(m, reason, now) : List.of(),
        now);
  }

  /// This request was at fault when the key was set aside.
  public void acquit(String keyId, String requestId, Instant now) {
    change(keyId, Cause.of(requestId), lessons::acquit, now);
  }

  /// The key lacked a permission for what another key then did for the same request.
  public void lacks(String keyId, String model, String why, String requestId, Instant now) {
    var named = Cooling.modelNamed(model);
    change(keyId, Cause.of(requestId), member -> lessons.lacks(member, named, why, now), now);
  }

  /// Adds a key as it stands. Of a key that is here already only the words are edited: what is
  /// known of it stays.
  public void put(ApiKey key, Standing standing, Instant now) {
    synchronized (lock) {
      turns.notice(now);
      var member = roster.find(key.id());
      if (member == null) {
        add(key, standing, now);
      } else {
        edit(member, key);
      }
    }
    slots.room(Cooling.WHOLE_KEY);
  }

  private void add(ApiKey key, Standing standing, Instant now) {
    var added = roster.add(key);
    added.restore(standing, now);
    health.begin(added.number(), standing.health());
    lanes.placeFully(added);
  }

  /// Changes remark, weight, account or the like of a key; of an unknown key, nothing.
  public void edit(ApiKey key) {
    synchronized (lock) {
      var member = roster.find(key.id());
      if (member != null) {
        edit(member, key);
      }
    }
  }

  /// Forgets a key. Slots taken at it are settled as always.
  public void remove(String keyId) {
    synchronized (lock) {
      var member = roster.find(keyId);
      if (member != null) {
        lanes.remove(member);
        roster.remove(member);
      }
    }
  }

  public void block(String keyId, String reason, Instant now) {
    change(keyId, new Cause.Order(), member -> lessons.block(member, reason, now), now);
  }

  /// Puts a blocked, benched or doubted key back into use and forgives its failures. Its rests for
  /// single models stay.
  public void activate(String keyId, Instant now) {
    change(keyId, new Cause.Order(), lessons::activate, now);
  }

  /// Ends all rests of a key and forgets its strikes.
  public void reset(String keyId, Instant now) {
    change(keyId, new Cause.Order(), lessons::reset, now);
  }

  /// Takes over how a key stands elsewhere: its state and its rests, also where one was ended
  /// there. `merged` makes of how it stands here how it stands now; nothing is learnt of the key
  /// meanwhile. Its health stays what it is found to be here. Who writes standings is not told: it
  /// is written already.
  public void adopt(String keyId, UnaryOperator<Standing> merged, Instant now) {
    var news = News.NONE;
    synchronized (lock) {
      var member = roster.find(keyId);
      if (member != null) {
        var here = standing(member, now);
        var told = merged.apply(here);
        if (!told.equals(here)) {
          var before = Glance.of(member);
          lessons.adopt(member, told, now);
          news = News.of(member, before, List.of());
        }
      }
    }
    listeners.tell(news, new Cause.Elsewhere(), now);
    slots.room(Cooling.WHOLE_KEY);
  }

  public Optional<Standing> standing(String keyId, Instant now) {
    synchronized (lock) {
      return Optional.ofNullable(roster.find(keyId)).map(member -> standing(member, now));
    }
  }

  /// What is known of the limits of these keys.
  public KnownLimits limits() {
    return limits;
  }

  /// Whether the provider fails whichever key is asked, so that it is left alone for a while.
  public boolean isFailing(String model, Instant now) {
    synchronized (lock) {
      return lanes.of(Cooling.modelNamed(model)).brownout().left(now.toEpochMilli()) > 0;
    }
  }

  /// Takes up again what was known of this key's limits at that time, before a restart.
  public void recall(String keyId, List<Learnt> known, Instant at, Instant now) {
    synchronized (lock) {
      turns.notice(now);
      var member = roster.find(keyId);
      if (member != null) {
        lanes.recall(member, known, at.isAfter(now) ? now : at, now);
      }
    }
  }

  public List<ApiKey> keys() {
    var keys = new ArrayList<ApiKey>(size());
    census.each(member -> keys.add(member.key()));
    return keys;
  }

  /// The keys that rest because nobody pays for them, each with the model for which it was refused
  /// here.
  public Map<String, String> unpaid() {
    var unpaid = new HashMap<String, String>();
    census.each(member -> {
      if (!member.refusedFor().isEmpty()) {
        unpaid.put(member.id(), member.refusedFor());
      }
    });
    return unpaid;
  }

  public Counts counts(Instant now) {
    var tally = new Tally(now);
    census.each(tally::add);
    return tally.counts();
  }

  /// Whether a key belongs to this resource by its own words.
  public boolean hasScope(String scope) {
    synchronized (lock) {
      return roster.hasScope(scope);
    }
  }

  /// The keys that belong to the same resource as this one, itself among them.
  public Set<String> neighbours(String keyId) {
    synchronized (lock) {
      return roster.neighbours(keyId);
    }
  }

  public int size() {
    synchronized (lock) {
      return roster.size();
    }
  }

  /// Slots taken and not settled.
  public int inFlight() {
    synchronized (lock) {
      return slots.taken();
    }
  }

  private Standing standing(Member member, Instant now) {
    return member.standing(health.health(member.number()), now);
  }

  private void edit(Member member, ApiKey key) {
    lanes.drop(member);
    if (!member.key().account().equals(key.account())) {
      lanes.forgetQuota(member);
    }
    roster.edit(member, key);
    lanes.placeFully(member);
  }

  private void change(
      String keyId, Cause cause, Function<Member, List<Member>> change, Instant now) {
    News news;
    synchronized (lock) {
      var member = roster.find(keyId);
      news = member == null ? News.NONE : News.of(member, Glance.of(member), change.apply(member));
    }
    listeners.tell(news, cause, now);
    slots.room(Cooling.WHOLE_KEY);
  }

  void each(Soonest soonest) {
    census.each(member -> soonest.add(listeners.provider(), member));
  }
}
