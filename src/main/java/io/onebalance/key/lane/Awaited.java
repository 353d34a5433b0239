package io.onebalance.key.lane;

import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.turn.TimeHeap;
import java.util.ArrayList;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The keys that are waited for, the soonest first. Each is noted with the time it told; when it
/// tells another time by now, the old note is passed over.
final class Awaited {
  private static final int SLACK = 64;

  private final Roster roster;
  private final ToLongFunction<Member> when;
  private final TimeHeap notes;

  Awaited(Roster roster, ToLongFunction<Member> when) {
    this(roster, when, new TimeHeap());
  }

  private Awaited(Roster roster, ToLongFunction<Member> when, TimeHeap notes) {
    this.roster = roster;
    this.when = when;
    this.notes = notes;
  }

  /// The same keys, each with a note of the time it told here.
  Awaited copy(ToLongFunction<Member> otherwise) {
    return new Awaited(roster, otherwise, notes.copy());
  }

  void note(Member member) {
    var time = when.applyAsLong(member);
    if (time == Member.NEVER) {
      return;
    }
    if (notes.size() > 2 * roster.size() + SLACK) {
      renew();
    }
    notes.add(time, member.number());
  }

  /// The next key whose time has come, taken off.
  @Nullable Member due(long now) {
    while (notes.firstTime() <= now) {
      var member = holder();
      notes.removeFirst();
      if (member != null) {
        return member;
      }
    }
    return null;
  }

  /// The key that comes first, but for these; it stays noted.
  @Nullable Member first(Set<String> but) {
    var passed = new ArrayList<Member>(0);
    var first = firstHolder();
    while (first != null && but.contains(first.id())) {
      notes.removeFirst();
      passed.add(first);
      first = firstHolder();
    }
    passed.forEach(this::note);
    return first;
  }

  private @Nullable Member firstHolder() {
    while (notes.size() > 0) {
      var member = holder();
      if (member != null) {
        return member;
      }
      notes.removeFirst();
    }
    return null;
  }

  /// The key of the first note, if the note still holds.
  private @Nullable Member holder() {
    var member = roster.at(notes.firstNumber());
    return member != null && when.applyAsLong(member) == notes.firstTime() ? member : null;
  }

  private void renew() {
    notes.clear();
    roster.each(member -> {
      if (when.applyAsLong(member) != Member.NEVER) {
        notes.add(when.applyAsLong(member), member.number());
      }
    });
  }
}
