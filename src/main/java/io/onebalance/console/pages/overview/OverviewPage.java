package io.onebalance.console.pages.overview;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.chart.Chart;
import io.onebalance.console.pages.chart.Happening;
import io.onebalance.console.pages.keys.view.Tally;
import java.util.List;

/// The first page: how the whole does.
public record OverviewPage(Shell shell, View view, Past past, Now now, Start start) {
  /// Which range is shown, and by what it is told apart.
  public record View(String href, List<Choice> ranges, List<Choice> splits) {
    public View {
      ranges = List.copyOf(ranges);
      splits = List.copyOf(splits);
    }
  }

  public record Choice(String label, String href, boolean here) {}

  /// What the range came to.
  public record Past(List<Tile> tiles, List<Chart> charts) {
    public Past {
      tiles = List.copyOf(tiles);
      charts = List.copyOf(charts);
    }
  }

  /// One figure; `more` is a small line below it, or empty.
  public record Tile(String name, String value, String more) {}

  /// How keys stand at this moment.
  public record Now(
      List<String> forecasts, List<Pool> pools, List<Resting> resting, List<Happening> events) {
    public Now {
      forecasts = List.copyOf(forecasts);
      pools = List.copyOf(pools);
      resting = List.copyOf(resting);
      events = List.copyOf(events);
    }
  }

  public record Pool(String slug, String href, Tally tally) {}

  /// A rest that ends soon.
  public record Resting(String provider, String href, String model, String left, String ends) {}

  /// What somebody who begins is told: whether there is no key at all, where the program is, and
  /// how it is asked.
  public record Start(boolean firstRun, String curl) {}
}
