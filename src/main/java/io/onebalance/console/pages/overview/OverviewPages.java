package io.onebalance.console.pages.overview;

import io.onebalance.console.live.Live;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.chart.Charts;
import io.onebalance.console.pages.chart.Range;
import io.onebalance.console.pages.house.GatewayNames;
import io.onebalance.console.pages.overview.OverviewPage.Choice;
import io.onebalance.console.pages.overview.OverviewPage.Past;
import io.onebalance.console.pages.overview.OverviewPage.Start;
import io.onebalance.console.pages.overview.OverviewPage.View;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.server.Reply;
import io.onebalance.store.history.History;
import io.onebalance.store.history.sums.By;
import io.onebalance.store.keyring.Keyring;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// `GET /`: requests, errors, latency, tokens and cost over time, and how keys stand now.
public final class OverviewPages {
  /// So many of the latest requests tell how fast they are.
  private static final int LATEST = 10_000;

  private static final List<By> SPLITS = List.of(By.PROVIDER, By.MODEL, By.GATEWAY_KEY);

  private final Frame frame;
  private final Keyring keyring;
  private final History history;
  private final Live live;
  private final GatewayNames callers;
  private final InstantSource clock;

  /// What it tells of.
  public record Rooms(Keyring keyring, History history, Live live, GatewayNames callers) {}

  public OverviewPages(Frame frame, Rooms rooms, InstantSource clock) {
    this.frame = frame;
    this.keyring = rooms.keyring();
    this.history = rooms.history();
    this.live = rooms.live();
    this.callers = rooms.callers();
    this.clock = clock;
  }

  public Reply show(Ask ask) {
    var words = frame.words(ask);
    var now = clock.instant();
    var range = Range.of(ask.query().text("range"));
    var split = split(ask.query().text("by"));
    var names = split == By.GATEWAY_KEY ? callers.names() : UnaryOperator.<String>identity();
    var drawn = new Charts(history, words, now).overall(range, split, names);
    var pace = history.pace(range.from(now), LATEST);
    var counts = keyring.counts();
    var page =
        new OverviewPage(
            frame.named(ask, "nav.overview"),
            view(words, range, split),
            new Past(Tiles.of(drawn.totals(), pace, words), drawn.charts()),
            new Moment(words, now).of(counts, live),
            new Start(counts.keySet().stream().noneMatch(OverviewPages::isReal), curl(ask)));
    return Answers.html(200, frame.templates().overview(page).render());
  }

  /// Keys of the sandbox are there from the beginning.
  private static boolean isReal(String provider) {
    return !provider.equals("sandbox");
  }

  /// The same program that shows this page, unless its console listens elsewhere.
  private static String curl(Ask ask) {
    return Curl.chat(ask.visit(), "sandbox/echo", "hello");
  }

  private static By split(String word) {
    return SPLITS.stream().filter(by -> by.word().equals(word)).findFirst().orElse(By.PROVIDER);
  }

  private static View view(Words words, Range range, By split) {
    return new View(
        href(range, split),
        Arrays.stream(Range.values())
            .map(one -> new Choice(words.of("range." + one.word()), href(one, split), one == range))
            .toList(),
        SPLITS.stream()
            .map(by -> new Choice(words.of("by." + by.word()), href(range, by), by == split))
            .toList());
  }

  private static String href(Range range, By by) {
    return "/?range=" + range.word() + "&by=" + by.word();
  }
}
