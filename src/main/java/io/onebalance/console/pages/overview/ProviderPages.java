package io.onebalance.console.pages.overview;

import io.onebalance.console.live.Trends;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.chart.Charts;
import io.onebalance.console.pages.keys.QuotaWords;
import io.onebalance.console.pages.keys.QuotaWords.Left;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.keys.view.Tally;
import io.onebalance.console.pages.overview.ProvidersPage.Day;
import io.onebalance.console.pages.overview.ProvidersPage.Road;
import io.onebalance.console.pages.overview.ProvidersPage.Row;
import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Figures;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.key.Counts;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.server.Reply;
import io.onebalance.store.history.History;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.keyring.Keyring;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// All providers with their counts, those with keys first.
public final class ProviderPages {
  private final Frame frame;
  private final Roads roads;
  private final Keyring keyring;
  private final Facts facts;

  public ProviderPages(Frame frame, Roads roads, Keyring keyring, Facts facts) {
    this.frame = frame;
    this.roads = roads;
    this.keyring = keyring;
    this.facts = facts;
  }

  /// Which providers there are, and how their requests go out.
  public record Roads(Supplier<Catalogue> catalogue, Supplier<Way> way) {}

  /// What is known of how they did.
  public record Facts(History history, Trends trends, Pools pools, InstantSource clock) {}

  /// `GET /providers`
  public Reply list(Ask ask) {
    var counts = keyring.counts();
    var slugs = new TreeSet<>(counts.keySet());
    roads.catalogue().get().all().stream().map(Provider::slug).forEach(slugs::add);
    var words = frame.words(ask);
    var days = new Charts(facts.history(), words, facts.clock().instant()).byProvider();
    var used = new ArrayList<Row>();
    var unused = new ArrayList<Row>();
    for (var slug : slugs) {
      var tally = Tally.of(counts.getOrDefault(slug, Counts.NONE));
      var day = day(words, slug, Optional.ofNullable(days.get(slug)));
      var row = new Row(slug, KeysView.path(slug), tally, day, road(words, slug));
      (tally.total() > 0 ? used : unused).add(row);
    }
    var page = new ProvidersPage(frame.named(ask, "nav.providers"), used, unused);
    return Answers.html(200, frame.templates().providers(page).render());
  }

  private Road road(Words words, String slug) {
    return roads
        .catalogue()
        .get()
        .find(slug)
        .map(found ->
            new Road(
                words.of(found.viaGateway(roads.way().get()) ? "route.gateway" : "route.direct"),
                found.dialect().name().toLowerCase(Locale.ROOT)))
        .orElse(new Road("", ""));
  }

  private Day day(Words words, String slug, Optional<Totals> totals) {
    var runsOut =
        facts
            .trends()
            .runsOut(slug)
            .map(left -> words.of("forecast.short", Durations.left(left)))
            .orElse("");
    var left = left(words, slug);
    return totals
        .map(sum ->
            new Day(
                Figures.brief(sum.requests()),
                Figures.percent(sum.requests() - sum.errors(), sum.requests()),
                Figures.dollars(sum.costNanos()),
                runsOut,
                left))
        .orElse(new Day("0", "-", "-", runsOut, left));
  }

  private Left left(Words words, String slug) {
    var now = facts.clock().instant();
    return new QuotaWords(words, now).left(facts.pools().of(slug).limits().headroom(now));
  }
}
