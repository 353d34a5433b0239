package io.onebalance.console.pages.chart;

import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.history.sums.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// Sums by step of time and by name, as a chart lays them out. The names with the most requests
/// stand for themselves, the others together under an empty name.
final class Grid {
  /// Of requests that came to no provider, or had no gateway key.
  static final String NOBODY = "-";

  private static final int MOST_NAMES = 6;

  private final List<Long> times = new ArrayList<>();
  private final Map<Long, Integer> columns = new LinkedHashMap<>();
  private final List<Usage.Item> items;
  private final UnaryOperator<String> naming;

  /// Of items by time, and perhaps by something else, which `naming` puts into words.
  Grid(Range range, Instant now, List<Usage.Item> items, UnaryOperator<String> naming) {
    this.items = List.copyOf(items);
    this.naming = naming;
    for (var at = range.from(now).getEpochSecond();
        at <= now.getEpochSecond();
        at += range.step()) {
      columns.put(at, times.size());
      times.add(at);
    }
  }

  List<Long> times() {
    return times;
  }

  /// One row of values for each name, the largest first.
  Map<String, double[]> rows(ToDoubleFunction<Totals> measure) {
    var names = names();
    var rows = new LinkedHashMap<String, double[]>();
    for (var item : items) {
      var column = columns.get(Long.parseLong(item.values().getFirst()));
      if (column != null) {
        var name = names.contains(name(item)) ? name(item) : "";
        rows.computeIfAbsent(name, _ -> new double[times.size()])[column] +=
            measure.applyAsDouble(item.totals());
      }
    }
    var ordered = new LinkedHashMap<String, double[]>();
    names.stream().filter(rows::containsKey).forEach(name -> ordered.put(name, rows.get(name)));
    rows.forEach(ordered::putIfAbsent);
    return ordered;
  }

  /// Of each name: a sum divided by another, 0 where there is nothing to divide by.
  Map<String, double[]> averages(ToDoubleFunction<Totals> sum, ToDoubleFunction<Totals> many) {
    var counts = rows(many);
    var averages = rows(sum);
    averages.forEach((name, sums) -> divide(sums, counts.getOrDefault(name, new double[0])));
    return averages;
  }

  /// The same of all names together.
  double[] average(ToDoubleFunction<Totals> sum, ToDoubleFunction<Totals> many) {
    var sums = all(sum);
    divide(sums, all(many));
    return sums;
  }

  /// One row of values, of all names together.
  double[] all(ToDoubleFunction<Totals> measure) {
    var all = new double[times.size()];
    rows(measure).values().forEach(row -> Arrays.setAll(all, i -> all[i] + row[i]));
    return all;
  }

  private static void divide(double[] sums, double[] counts) {
    Arrays.setAll(sums, i -> counts[i] == 0 ? 0 : Math.round(sums[i] / counts[i]));
  }

  private List<String> names() {
    var requests = new LinkedHashMap<String, Long>();
    items.forEach(item -> requests.merge(name(item), item.totals().requests(), Long::sum));
    return requests.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_NAMES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private String name(Usage.Item item) {
    var name = item.values().size() > 1 ? item.values().getLast() : "all";
    return name.isEmpty() ? NOBODY : naming.apply(name);
  }
}
