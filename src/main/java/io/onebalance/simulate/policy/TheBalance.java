package io.onebalance.simulate.policy;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.simulate.world.Provider;
import io.onebalance.simulate.world.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The seed thebalance as it was: keys in the order of their health, which is looked at once a
/// minute; whoever was refused stays out for 65 seconds; no waiting. Its time limit of ten seconds
/// for an attempt is left away: it would only cut off slow answers.
final class TheBalance implements Dispatcher {
  private static final long LIST_LASTS = 60_000;
  private static final long COOLS = 65_000;
  private static final long BLOCKED_FOR = 300_000;
  private static final long OVERALL = 80_000;
  private static final long LEAST_LEFT = 500;
  private static final int TRIES = 3;
  private static final long BACKOFF = 400;
  private static final int JITTER = 100;

  private final Stage stage;
  private final TheBalanceRow[] rows;
  private List<Integer> list = List.of();
  private long loadedAt = Long.MIN_VALUE / 2;

  TheBalance(Stage stage) {
    this.stage = stage;
    rows = new TheBalanceRow[stage.keyring().size()];
    for (var key = 0; key < rows.length; key++) {
      rows[key] = new TheBalanceRow(stage.models().size());
    }
  }

  @Override
  public void arrived(Request request) {
    var now = stage.time().now();
    var order = new ArrayList<Integer>();
    for (var key : loaded()) {
      if (rows[key].outUntil <= now) {
        order.add(key);
      }
    }
    attempt(new Walk(request, order, now), 0);
  }

  @Override
  public States states() {
    var cooling = 0;
    var blocked = 0;
    for (var row : rows) {
      blocked += row.blocked ? 1 : 0;
      cooling += !row.blocked && row.isCooling(stage.time().now()) ? 1 : 0;
    }
    return new States(rows.length - cooling - blocked, cooling, blocked);
  }

  /// One request on its way through the keys, in an order that was looked at when it came.
  private record Walk(Request request, List<Integer> order, long began) {}

  private List<Integer> loaded() {
    var now = stage.time().now();
    if (now - loadedAt >= LIST_LASTS) {
      list = load(now);
      loadedAt = now;
    }
    return list;
  }

  private List<Integer> load(long now) {
    var usable = new ArrayList<Integer>();
    for (var key = 0; key < rows.length; key++) {
      if (rows[key].isUsable(now)) {
        usable.add(key);
      }
    }
    usable.sort(Comparator.comparingLong((Integer key) -> -rows[key].score(now)));
    return usable;
  }

  private void attempt(Walk walk, int place) {
    var now = stage.time().now();
    if (place >= walk.order.size() || walk.began + OVERALL - now < LEAST_LEFT) {
      stage.giveUp(walk.request);
    } else {
      ask(walk, place, new Attempt(walk, place, now, 1));
    }
  }

  private void ask(Walk walk, int place, Attempt attempt) {
    stage.ask(walk.request, walk.order.get(place), attempt);
  }

  private final class Attempt implements Hearing {
    private final Walk walk;
    private final int place;
    private final long began;
    private final int tries;

    Attempt(Walk walk, int place, long began, int tries) {
      this.walk = walk;
      this.place = place;
      this.began = began;
      this.tries = tries;
    }

    @Override
    public void opened(Provider.Answer answer) {
      row().served(stage.time().now() - began, stage.time().now());
    }

    @Override
    public void ended() {}

    @Override
    public void refused(Provider.Answer answer) {
      switch (answer.verdict()) {
        case Verdict.Faulted _ when tries < TRIES -> {
          var rest = BACKOFF * tries + stage.chance().nextInt(JITTER);
          var again = new Attempt(walk, place, began, tries + 1);
          stage.time().after(rest, () -> ask(walk, place, again));
        }
        case Verdict.Dead _, Verdict.Doubted _ -> {
          row().block(stage.time().now() + BLOCKED_FOR);
          loadedAt = Long.MIN_VALUE / 2;
          next();
        }
        case Verdict.Limited _, Verdict.Overloaded _ -> {
          row().cool(walk.request.model(), stage.time().now(), COOLS);
          next();
        }
        case Verdict.Faulted _,
            Verdict.NoAccess _,
            Verdict.Unpermitted _,
            Verdict.Exhausted _,
            Verdict.Astray _,
            Verdict.Served _ ->
            next();
        case Verdict.Mistaken _ -> stage.giveUp(walk.request);
      }
    }

    private void next() {
      row().failed(stage.time().now() - began, stage.time().now());
      attempt(walk, place + 1);
    }

    private TheBalanceRow row() {
      return rows[walk.order.get(place)];
    }
  }
}
