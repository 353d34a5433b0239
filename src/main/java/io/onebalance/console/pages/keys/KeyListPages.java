package io.onebalance.console.pages.keys;

import io.onebalance.console.api.KeyQuery;
import io.onebalance.console.api.KeySort;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.keys.view.KeysPage;
import io.onebalance.console.pages.keys.view.KeysPage.Lists;
import io.onebalance.console.pages.keys.view.KeysPage.Pager;
import io.onebalance.console.pages.keys.view.KeysPage.Powers;
import io.onebalance.console.pages.keys.view.KeysPage.Sorting;
import io.onebalance.console.pages.keys.view.KeysPage.Tab;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.keys.view.Tally;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Params;
import io.onebalance.key.Counts;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of a provider, page by page.
public final class KeyListPages {
  private static final int ROWS = 50;

  private final Frame frame;
  private final KeyRooms rooms;

  public KeyListPages(Frame frame, KeyRooms rooms) {
    this.frame = frame;
    this.rooms = rooms;
  }

  /// `GET /keys/{provider}`. An alias leads to the provider's own name.
  public Reply list(Ask ask) {
    var named = KeysView.of(ask.place("provider"), ask.query());
    var view = named.of(rooms.names().known(named.provider()));
    if (!view.equals(named)) {
      return Answers.seeOther(view.href());
    }
    var page = query(view).page(rooms.keyring());
    if (page.keys().isEmpty() && !view.cursor().isEmpty()) {
      return Answers.seeOther(view.at("").href());
    }
    var words = frame.words(ask);
    var rows = new Rows(words, rooms.clock().instant());
    var tally = tally(view);
    var shown =
        new KeysPage(
            frame.shell(ask, view.provider()),
            view,
            new Lists(
                tabs(words, view, tally),
                sortings(words, view),
                page.keys().stream().map(rows::row).toList()),
            pager(view, page),
            powers(view.provider(), tally));
    return Answers.html(200, frame.templates().keys(shown).render());
  }

  private Powers powers(String provider, Tally tally) {
    var pattern = rooms.names().keyPattern(provider);
    return new Powers(pattern.isPresent(), pattern.orElse(""), rooms.tests(), tally.total() > 0);
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
        rooms.names());
  }

  private Tally tally(KeysView view) {
    return Tally.of(rooms.keyring().counts().getOrDefault(view.provider(), Counts.NONE));
  }

  private static List<Tab> tabs(Words words, KeysView view, Tally tally) {
    return List.of(
        tab(words, view, "active", tally.active()),
        tab(words, view, "cooling", tally.cooling()),
        tab(words, view, "blocked", tally.blocked()));
  }

  private static Tab tab(Words words, KeysView view, String status, int count) {
    return new Tab(
        words.of("state." + status),
        view.in(status).href(),
        words.number(count),
        view.status().equals(status));
  }

  private static List<Sorting> sortings(Words words, KeysView view) {
    var all = new ArrayList<Sorting>();
    for (var sort : KeySort.ALL) {
      var label = words.of("sort." + sort.word());
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
