package io.onebalance.simulate.world;

import io.onebalance.provider.limit.Allowance;
import io.onebalance.simulate.scenario.KeyGroup;
import io.onebalance.simulate.scenario.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The true quotas of one key, or of the keys of one project, for one model.
final class Account {
  private static final int PIECES = 60;

  private final KeyGroup group;
  private final long start;
  private final Meter[] meters;
  private final double[] strangers;
  private long seen;

  Account(KeyGroup group, long start) {
    this.group = group;
    this.start = start;
    seen = start;
    meters = group.plan().limits().stream().map(Meter::of).toArray(Meter[]::new);
    strangers = new double[meters.length];
  }

  /// A limit that has no room, and when it may have some.
  record Full(Limit limit, long amount, long freeAt) {}

  /// The limit that stands in the way of a request with this input, or null. A limit of a day tells
  /// before one of a minute.
  @Nullable Full full(long input, long now) {
    letStrangersSpend(now);
    @Nullable Full full = null;
    for (var i = 0; i < meters.length; i++) {
      var limit = limit(i);
      var most = amount(i, now);
      var over = meters[i].spent(now) + Math.max(limit.kind().before(input), 1) - most;
      if (over > 0 && (full == null || full.limit.span().compareTo(limit.span()) < 0)) {
        full = new Full(limit, most, meters[i].freedAt(over, now));
      }
    }
    return full;
  }

  void accept(long input, long now) {
    for (var i = 0; i < meters.length; i++) {
      meters[i].spend(limit(i).kind().before(input), now);
    }
  }

  /// The answer is whole.
  void end(long output, long now) {
    for (var i = 0; i < meters.length; i++) {
      meters[i].end();
      var more = limit(i).kind().after(output);
      if (more > 0) {
        meters[i].spend(more, now);
      }
    }
  }

  /// What the fields of an answer say is left.
  List<Allowance> allowances(long now) {
    var told = new ArrayList<Allowance>(meters.length);
    for (var i = 0; i < meters.length; i++) {
      var limit = limit(i);
      var most = amount(i, now);
      var spent = meters[i].spent(now);
      var reset =
          limit.span() == Limit.Span.NONE
              ? Optional.<Instant>empty()
              : Optional.of(Instant.ofEpochMilli(meters[i].freedAt(Math.max(1, spent), now)));
      told.add(
          new Allowance(
              limit.kind().told(), limit.span().window(), most, Math.max(0, most - spent), reset));
    }
    return told;
  }

  private Limit limit(int i) {
    return group.plan().limits().get(i);
  }

  private long amount(int i, long now) {
    return Math.round(limit(i).amount() * group.plan().factor(now - start));
  }

  /// Somebody else spends his part evenly, in pieces that are small beside the window.
  private void letStrangersSpend(long now) {
    if (group.others() > 0 && now > seen) {
      for (var i = 0; i < meters.length; i++) {
        if (limit(i).span() != Limit.Span.NONE) {
          spend(i, Math.max(seen, now - limit(i).span().millis()), now);
        }
      }
      seen = now;
    }
  }

  private void spend(int i, long from, long now) {
    var piece = limit(i).span().millis() / PIECES;
    for (var at = from; at < now; at += piece) {
      var to = Math.min(now, at + piece);
      strangers[i] += amount(i, to) * group.others() * (to - at) / limit(i).span().millis();
      var whole = (long) strangers[i];
      meters[i].spend(whole, to);
      strangers[i] -= whole;
    }
  }
}
