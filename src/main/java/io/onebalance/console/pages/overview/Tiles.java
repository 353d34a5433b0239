package io.onebalance.console.pages.overview;

import io.onebalance.console.pages.overview.OverviewPage.Tile;
import io.onebalance.console.pages.words.Figures;
import io.onebalance.console.pages.words.Words;
import io.onebalance.store.history.Pace;
import io.onebalance.store.history.sums.Totals;
import java.util.List;

/// Sums as a row of figures.
public final class Tiles {
  private static final char NO_BREAK = '\u00a0';

  private Tiles() {}

  public static List<Tile> of(Totals totals, Pace pace, Words words) {
    var tokens = totals.tokens();
    return List.of(
        new Tile(
            words.of("chart.requests"),
            Figures.brief(totals.requests()),
            words.count("attempts", totals.attempts())),
        new Tile(
            words.of("chart.errors"),
            Figures.percent(totals.errors(), totals.requests()),
            words.count("requests", totals.errors())),
        pace("first-byte", pace.firstBytes(), words),
        pace("total", pace.totals(), words),
        new Tile(
            words.of("chart.tokens"),
            Figures.brief(tokens.total()),
            words.of("tile.tokens", Figures.brief(tokens.input()), Figures.brief(tokens.output()))),
        new Tile(
            words.of("chart.cost"),
            Figures.dollars(totals.costNanos()),
            totals.doubts().unpriced() == 0
                ? ""
                : words.of("tile.unpriced", Figures.brief(totals.doubts().unpriced()))));
  }

  /// The median, and what few exceeded.
  private static Tile pace(String what, List<Integer> times, Words words) {
    return new Tile(
        words.of("tile." + what),
        share(times, 50),
        words.of("tile.slow", share(times, 95), share(times, 99)));
  }

  private static String share(List<Integer> times, int percent) {
    var share = Figures.average(Pace.percentile(times, percent), times.isEmpty() ? 0 : 1);
    return share.replace(' ', NO_BREAK);
  }
}
