package io.onebalance.key.pool;

import io.onebalance.key.Outcome;
import io.onebalance.key.event.Cause;
import io.onebalance.key.roster.Glance;
import io.onebalance.key.roster.HealthTable;
import io.onebalance.key.roster.News;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.roster.TakenState;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// The slots of a pool: how many are taken, and what is learnt as they are given back. It takes the
/// lock of the pool where it is told how an attempt went; to take a slot is part of a choice, which
/// holds it.
final class Slots {
  private static final Verdict SERVED = new Verdict.Served();

  private final Object lock;
  private final Roster roster;
  private final HealthTable health;
  private final Lessons lessons;
  private final ClockTurns turns;
  private final News.Listeners listeners;
  private volatile Consumer<String> room = _ -> {};
  private int taken;

  Slots(
      Census census,
      HealthTable health,
      Lessons lessons,
      ClockTurns turns,
      News.Listeners listeners) {
    lock = census.lock();
    roster = census.roster();
    this.health = health;
    this.lessons = lessons;
    this.turns = turns;
    this.listeners = listeners;
  }

  /// Whom to tell when a key may have room.
  void tellsOfRoom(Consumer<String> listener) {
    room = listener;
  }

  /// A key may have room for this model. Called under no lock.
  void room(String model) {
    room.accept(model);
  }

  /// How many are taken and not settled. Called under the lock.
  int taken() {
    return taken;
  }

  /// Called under the lock.
  Slot take(TakenState seen) {
    taken++;
    health.inFlight(seen.number(), 1);
    return new Slot(this, roster.key(seen.number()), seen);
  }

  void settle(Slot slot, Outcome outcome, Instant now) {
    News news;
    synchronized (lock) {
      slot.close();
      turns.notice(now);
      taken--;
      release(slot.seen());
      lessons.counting().ended(slot.seen(), now);
      note(slot);
      news = learn(slot, outcome, now);
      lessons.counting().used(slot.seen(), slot.used(), now);
    }
    tell(slot, news, now);
  }

  void answered(Slot slot, Duration latency, Instant now) {
    News news;
    synchronized (lock) {
      turns.notice(now);
      note(slot);
      news = learn(slot, new Outcome.Judged(SERVED, latency), now);
    }
    tell(slot, news, now);
  }

  private void tell(Slot slot, News news, Instant now) {
    listeners.tell(news, Cause.of(slot.requestId()), now);
    room.accept(slot.model());
  }

  private News learn(Slot slot, Outcome outcome, Instant now) {
    var member = slot.seen().member();
    var before = Glance.of(member);
    return News.of(member, before, lessons.learn(slot.seen(), outcome, now));
  }

  private void release(TakenState seen) {
    if (roster.holds(seen.member(), seen.number())) {
      health.inFlight(seen.number(), -1);
    }
  }

  private void note(Slot slot) {
    var seen = slot.seen();
    if (roster.holds(seen.member(), seen.number())) {
      lessons.counting().told(seen, slot.news(), slot.toldAt());
    }
  }
}
