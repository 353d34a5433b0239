package io.onebalance.console.pages;

import io.onebalance.console.pages.ProvidersPage.Row;
import io.onebalance.console.pages.ProvidersPage.Tally;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.key.Counts;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.server.Reply;
import io.onebalance.store.Keyring;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The first page: all providers with their counts, those with keys first.
public final class ProviderPages {
  private final Frame frame;
  private final Supplier<Catalogue> catalogue;
  private final Keyring keyring;

  public ProviderPages(Frame frame, Supplier<Catalogue> catalogue, Keyring keyring) {
    this.frame = frame;
    this.catalogue = catalogue;
    this.keyring = keyring;
  }

  /// `GET /`
  public Reply list(Ask ask) {
    var counts = keyring.counts();
    var slugs = new TreeSet<>(counts.keySet());
    catalogue.get().all().stream().map(Provider::slug).forEach(slugs::add);
    var used = new ArrayList<Row>();
    var unused = new ArrayList<Row>();
    for (var slug : slugs) {
      var tally = tally(counts.getOrDefault(slug, Counts.NONE));
      (tally.total() > 0 ? used : unused).add(new Row(slug, KeysView.path(slug), tally));
    }
    var page = new ProvidersPage(frame.shell(ask, "Providers"), used, unused);
    return Answers.html(200, frame.templates().providers(page).render());
  }

  /// Keys set aside rest too: they count as cooling, as in the lists.
  static Tally tally(Counts counts) {
    return new Tally(counts.active(), counts.cooling() + counts.setAside(), counts.blocked());
  }
}
