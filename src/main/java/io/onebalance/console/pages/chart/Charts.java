package io.onebalance.console.pages.chart;

import io.onebalance.console.json.Json;
import io.onebalance.console.pages.words.Words;
import io.onebalance.store.history.History;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.sums.By;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.history.sums.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// What the history came to, drawn over time.
public record Charts(History history, Words words, Instant now) {
  private static final int MOST_ITEMS = 10_000;
  private static final double NANOS_A_DOLLAR = 1e9;
  private static final String BARS = "bars";
  private static final String LINES = "lines";

  /// Sums of a range, and their charts.
  public record Drawn(Totals totals, List<Chart> charts) {
    public Drawn {
      charts = List.copyOf(charts);
    }
  }

  /// Of all requests, told apart by one thing, which `names` puts into words.
  public Drawn overall(Range range, By split, UnaryOperator<String> names) {
    var usage = usage(Filter.ANY, range, List.of(range.by(), split));
    var grid = new Grid(range, now, usage.items(), names);
    var charts =
        List.of(
            bars(grid, "requests", Totals::requests),
            bars(grid, "errors", Totals::errors),
            lines(grid, "latency", Charts::firstByte, Charts::firstBytes),
            lines(grid, "total", Charts::total, Totals::requests),
            bars(grid, "tokens", totals -> totals.tokens().total()),
            bars(grid, "cost", totals -> totals.costNanos() / NANOS_A_DOLLAR));
    return new Drawn(usage.totals(), charts);
  }

  /// Of one key: how often it served and failed, and how fast. Its sums are kept by hour and day.
  public List<Chart> ofKey(String keyId) {
    var filter = new Filter("", "", "", keyId, List.of());
    var usage = usage(filter, Range.DAY, List.of(By.HOUR));
    var grid = new Grid(Range.DAY, now, usage.items(), UnaryOperator.identity());
    var rows = new LinkedHashMap<String, double[]>();
    rows.put(words.of("chart.served"), grid.all(all -> all.requests() - (double) all.errors()));
    rows.put(words.of("chart.errors"), grid.all(Totals::errors));
    return List.of(chart(grid, "requests", BARS, rows), latency(grid));
  }

  /// Sums of one provider's day, for lists.
  public Map<String, Totals> byProvider() {
    var sums = new LinkedHashMap<String, Totals>();
    usage(Filter.ANY, Range.DAY, List.of(By.PROVIDER))
        .items()
        .forEach(item -> sums.put(item.values().getFirst(), item.totals()));
    return sums;
  }

  private Usage usage(Filter filter, Range range, List<By> by) {
    return history.usage(new Question(range.from(now), now.plusSeconds(1), filter, by, MOST_ITEMS));
  }

  private Chart bars(Grid grid, String name, ToDoubleFunction<Totals> measure) {
    return chart(grid, name, BARS, grid.rows(measure));
  }

  /// Averages, a line a name.
  private Chart lines(
      Grid grid, String name, ToDoubleFunction<Totals> sum, ToDoubleFunction<Totals> many) {
    return chart(grid, name, LINES, grid.averages(sum, many));
  }

  private Chart latency(Grid grid) {
    var rows = new LinkedHashMap<String, double[]>();
    rows.put(words.of("chart.first-byte"), grid.average(Charts::firstByte, Charts::firstBytes));
    rows.put(words.of("chart.total"), grid.average(Charts::total, Totals::requests));
    return chart(grid, "latency", LINES, rows);
  }

  private static double total(Totals all) {
    return all.times().total();
  }

  private static double firstByte(Totals all) {
    return all.times().firstByte();
  }

  private static double firstBytes(Totals all) {
    return all.times().firstBytes();
  }

  private String name(String label) {
    if (label.isEmpty()) {
      return words.of("chart.others");
    }
    return label.equals(Grid.NOBODY) ? words.of("chart.nobody") : label;
  }

  private Chart chart(Grid grid, String name, String kind, Map<String, double[]> rows) {
    var json = Json.MAPPER.createObjectNode();
    json.put("kind", kind).put("unit", words.of("chart.unit." + name));
    var labels = json.putArray("times");
    grid.times().forEach(labels::add);
    var series = json.putArray("series");
    var values = new ArrayList<Double>();
    rows.forEach((label, row) -> {
      var one = series.addObject().put("name", name(label)).put("rest", label.isEmpty());
      var numbers = one.putArray("values");
      for (var value : row) {
        numbers.add(value);
        values.add(value);
      }
    });
    var nothing = values.stream().allMatch(value -> value == 0);
    return new Chart(words.of("chart." + name), json.toString(), nothing);
  }
}
