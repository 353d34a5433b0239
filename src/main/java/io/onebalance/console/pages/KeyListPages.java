package io.onebalance.console.pages;

import io.onebalance.console.api.KeyQuery;
import io.onebalance.console.api.KeySort;
import io.onebalance.console.api.ProviderNames;
import io.onebalance.console.pages.KeysPage.Lists;
import io.onebalance.console.pages.KeysPage.Pager;
import io.onebalance.console.pages.KeysPage.Sorting;
import io.onebalance.console.pages.KeysPage.Tab;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Params;
import io.onebalance.key.Counts;
import io.onebalance.server.Reply;
import io.onebalance.store.Keyring;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The keys of a provider, page by page.
public final class KeyListPages {
  private static final int ROWS = 50;
  private static final Map<String, String> SORTS =
      Map.of(
          "created", "Used time",
          "updated", "Last change",
          "cooling", "Cooling time",
          "latency", "Latency",
          "success", "Success",
          "remark", "Remark",
          "key", "End of key");

  private final Frame frame;
  private final ProviderNames providers;
  private final Keyring keyring;
  private final InstantSource clock;

  public KeyListPages(Frame frame, ProviderNames providers, Keyring keyring, InstantSource clock) {
    this.frame = frame;
    this.providers = providers;
    this.keyring = keyring;
    this.clock = clock;
  }

  /// `GET /keys/{provider}`. An alias leads to the provider's own name.
  public Reply list(Ask ask) {
    var named = KeysView.of(ask.place("provider"), ask.query());
    var view = named.of(providers.known(named.provider()));
    if (!view.equals(named)) {
      return Answers.seeOther(view.href());
    }
    var page = query(view).page(keyring);
    if (page.keys().isEmpty() && !view.cursor().isEmpty()) {
      return Answers.seeOther(view.at("").href());
    }
    var now = clock.instant();
    var rows = page.keys().stream().map(held -> Rows.row(held, now)).toList();
    var shown =
        new KeysPage(
            frame.shell(ask, view.provider()),
            view,
            new Lists(tabs(view), sortings(view), rows),
            pager(view, page),
            providers.takesKeys(view.provider()));
    return Answers.html(200, frame.templates().keys(shown).render());
  }

  private KeyQuery query(KeysView view) {
    return KeyQuery.of(
        new Params(
            List.of(
                new Params.Param("provider", view.provider()),
                new Params.Param("status", view.status()),
                new Params.Param("q", view.text()),
                new Params.Param("sort", view.sort()),
                new Params.Param("cursor", view.cursor()),
                new Params.Param("limit", Integer.toString(ROWS)))),
        providers);
  }

  private List<Tab> tabs(KeysView view) {
    var counts = keyring.counts().getOrDefault(view.provider(), Counts.NONE);
    var tally = ProviderPages.tally(counts);
    return List.of(
        tab(view, "Active", tally.active()),
        tab(view, "Cooling", tally.cooling()),
        tab(view, "Blocked", tally.blocked()));
  }

  private static Tab tab(KeysView view, String label, int count) {
    var status = label.toLowerCase(Locale.ROOT);
    return new Tab(label, view.in(status).href(), count, view.status().equals(status));
  }

  private static List<Sorting> sortings(KeysView view) {
    var all = new ArrayList<Sorting>();
    for (var sort : KeySort.ALL) {
      var label = SORTS.getOrDefault(sort.word(), sort.word());
      var descending = "-" + sort.word();
      var usual = view.sort().isEmpty() && descending.equals("-created");
      all.add(new Sorting(descending, label + " ↓", usual || view.sort().equals(descending)));
      all.add(new Sorting(sort.word(), label + " ↑", view.sort().equals(sort.word())));
    }
    return all;
  }

  private static Pager pager(KeysView view, Keyring.Page page) {
    var first = Optional.of(view.at("").href()).filter(_ -> !view.cursor().isEmpty());
    var next = Optional.of(page.next()).filter(n -> !n.isEmpty()).map(n -> view.at(n).href());
    return new Pager(page.total(), first, next);
  }
}
