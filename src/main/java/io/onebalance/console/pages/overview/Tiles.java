package io.onebalance.console.pages.overview;

import io.onebalance.console.pages.Figures;
import io.onebalance.console.pages.Words;
import io.onebalance.console.pages.overview.OverviewPage.Tile;
import io.onebalance.store.history.Totals;
import java.util.List;

/// Sums as a row of figures.
public final class Tiles {
  private Tiles() {}

  public static List<Tile> of(Totals totals, Words words) {
    var times = totals.times();
    var tokens = totals.tokens();
    return List.of(
        new Tile(
            words.of("chart.requests"),
            Figures.brief(totals.requests()),
            words.of("tile.attempts", Figures.brief(totals.attempts()))),
        new Tile(
            words.of("chart.errors"),
            Figures.percent(totals.errors(), totals.requests()),
            words.of("tile.errors", Figures.brief(totals.errors()))),
        new Tile(
            words.of("chart.latency"),
            Figures.average(times.firstByte(), times.firstBytes()),
            words.of("tile.total", Figures.average(times.total(), totals.requests()))),
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
}
