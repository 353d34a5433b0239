package io.onebalance.simulate.policy;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.simulate.world.Provider;
import io.onebalance.simulate.world.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The seed one-balance as it was: a random key of those that do not cool, at most 30 attempts, no
/// waiting. A list of keys is kept for a minute, or until something changed; a key that was refused
/// leaves the list that all requests share; or, where many isolates run it, each request has a list
/// of its own.
final class OneBalance implements Dispatcher {
  private static final int MOST_ATTEMPTS = 30;
  private static final int DRAWS = 10;
  private static final int LARGEST_LIST = 1000;

  /// Longer lists are not shortened, to save work.
  private static final int SHORTENED_BELOW = 500;

  private static final long LIST_LASTS = 60_000;

  private final Stage stage;
  private final boolean shared;
  private final OneBalanceRules rules;
  private final boolean[] blocked;
  private final long[][] coolingUntil;
  private List<Row> list = new ArrayList<>();
  private long loadedAt;
  private boolean dirty = true;

  OneBalance(Stage stage, boolean shared) {
    this.stage = stage;
    this.shared = shared;
    rules = new OneBalanceRules(stage.scenario().provider().slug());
    blocked = new boolean[stage.keyring().size()];
    coolingUntil = new long[stage.keyring().size()][stage.models().size()];
  }

  /// A key as it was when the list was loaded.
  private record Row(int key, long[] until) {}

  @Override
  public void arrived(Request request) {
    attempt(request, loaded(), 1);
  }

  @Override
  public States states() {
    var cooling = 0;
    var out = 0;
    for (var key = 0; key < blocked.length; key++) {
      out += blocked[key] ? 1 : 0;
      cooling += !blocked[key] && isCooling(coolingUntil[key]) ? 1 : 0;
    }
    return new States(blocked.length - cooling - out, cooling, out);
  }

  private boolean isCooling(long[] until) {
    for (var one : until) {
      if (one > stage.time().now()) {
        return true;
      }
    }
    return false;
  }

  private List<Row> loaded() {
    if (!shared || dirty || stage.time().now() - loadedAt >= LIST_LASTS) {
      list = load();
      loadedAt = stage.time().now();
      dirty = false;
    }
    return list;
  }

  private List<Row> load() {
    var rows = new ArrayList<Row>();
    for (var key = 0; key < blocked.length; key++) {
      if (!blocked[key]) {
        rows.add(new Row(key, coolingUntil[key].clone()));
      }
    }
    if (rows.size() > LARGEST_LIST) {
      for (var i = 0; i < LARGEST_LIST; i++) {
        Collections.swap(rows, i, stage.chance().nextInt(i, rows.size()));
      }
      rows.subList(LARGEST_LIST, rows.size()).clear();
    }
    return rows;
  }

  private void attempt(Request request, List<Row> rows, int number) {
    var row = number > MOST_ATTEMPTS ? null : select(rows, request.model());
    if (row == null) {
      stage.giveUp(request);
    } else {
      stage.ask(request, row.key, new Attempt(request, rows, row, number));
    }
  }

  private @Nullable Row select(List<Row> rows, int model) {
    if (rows.isEmpty()) {
      return null;
    }
    var now = stage.time().now();
    for (var draw = 0; draw < DRAWS; draw++) {
      var row = rows.get(stage.chance().nextInt(rows.size()));
      if (row.until[model] <= now) {
        return row;
      }
    }
    var open = rows.stream().filter(row -> row.until[model] <= now).toList();
    return open.isEmpty() ? soonest(rows, model) : open.get(stage.chance().nextInt(open.size()));
  }

  private static Row soonest(List<Row> rows, int model) {
    var soonest = rows.getFirst();
    for (var row : rows) {
      soonest = row.until[model] < soonest.until[model] ? row : soonest;
    }
    return soonest;
  }

  private void drop(List<Row> rows, Row row) {
    if (rows.size() < SHORTENED_BELOW) {
      rows.remove(row);
    }
  }

  private void limited(int key, int model, Verdict.Limited limit) {
    var now = stage.time().now();
    var seconds = rules.seconds(key, limit, now);
    if (coolingUntil[key][model] <= now) {
      coolingUntil[key][model] = now + 1000 * seconds;
      dirty = true;
    }
  }

  private final class Attempt implements Hearing {
    private final Request request;
    private final List<Row> rows;
    private final Row row;
    private final int number;

    Attempt(Request request, List<Row> rows, Row row, int number) {
      this.request = request;
      this.rows = rows;
      this.row = row;
      this.number = number;
    }

    @Override
    public void opened(Provider.Answer answer) {}

    @Override
    public void ended() {}

    @Override
    public void refused(Provider.Answer answer) {
      switch (answer.verdict()) {
        case Verdict.Dead _, Verdict.Doubted _ -> {
          blocked[row.key] = true;
          dirty = true;
          drop(rows, row);
          attempt(request, rows, number + 1);
        }
        case Verdict.Limited limit -> {
          limited(row.key, request.model(), limit);
          drop(rows, row);
          attempt(request, rows, number + 1);
        }
        case Verdict.Faulted _, Verdict.Overloaded _ -> attempt(request, rows, number + 1);
        case Verdict.Served _,
            Verdict.Mistaken _,
            Verdict.NoAccess _,
            Verdict.Unpermitted _,
            Verdict.Exhausted _,
            Verdict.Astray _ ->
            stage.giveUp(request);
      }
    }
  }
}
