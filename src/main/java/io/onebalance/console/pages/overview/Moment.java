package io.onebalance.console.pages.overview;

import io.onebalance.console.live.Live;
import io.onebalance.console.pages.chart.Happening;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.keys.view.Tally;
import io.onebalance.console.pages.overview.OverviewPage.Now;
import io.onebalance.console.pages.overview.OverviewPage.Pool;
import io.onebalance.console.pages.overview.OverviewPage.Resting;
import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Percent;
import io.onebalance.key.Cooling;
import io.onebalance.key.Counts;
import io.onebalance.key.RunningRest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Puts into words how keys stand at this moment.
record Moment(Words words, Instant now) {
  private static final int RESTS = 6;
  private static final int EVENTS = 12;

  Now of(Map<String, Counts> counts, Live live) {
    return new Now(
        forecasts(counts, live),
        counts.entrySet().stream()
            .map(one ->
                new Pool(one.getKey(), KeysView.path(one.getKey()), Tally.of(one.getValue())))
            .filter(pool -> pool.tally().total() > 0)
            .toList(),
        live.soonest(RESTS, now).stream().map(this::resting).toList(),
        live.watch().latest(EVENTS).stream().map(one -> Happening.of(one, words)).toList());
  }

  private List<String> forecasts(Map<String, Counts> counts, Live live) {
    var told = new ArrayList<String>();
    counts.forEach((provider, count) -> {
      if (count.total() > 0 && count.active() == 0) {
        told.add(words.of(count.usable() ? "forecast.cooling" : "forecast.none", provider));
      }
      live.trends()
          .runsOut(provider)
          .ifPresent(left -> told.add(words.of("forecast", provider, Durations.left(left))));
    });
    return told;
  }

  private Resting resting(RunningRest rest) {
    var until = rest.cooling().until();
    return new Resting(
        rest.provider(),
        KeysView.path(rest.provider()) + "/" + Percent.encode(rest.keyId()),
        rest.model().equals(Cooling.WHOLE_KEY) ? words.of("model.all") : rest.model(),
        Durations.left(Duration.between(now, until)),
        Stamp.seconds(until) + " UTC");
  }
}
