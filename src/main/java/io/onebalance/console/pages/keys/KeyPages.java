package io.onebalance.console.pages.keys;

import io.onebalance.console.live.KeyWatch;
import io.onebalance.console.pages.ConfirmPage;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.chart.Charts;
import io.onebalance.console.pages.chart.Happening;
import io.onebalance.console.pages.keys.view.KeyPage;
import io.onebalance.console.pages.keys.view.KeyPage.Left;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Refusal;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.server.Reply;
import io.onebalance.store.history.History;
import io.onebalance.store.keyring.Keyring.Held;
import io.onebalance.store.keyring.Keyring.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One key: looked at, edited, shown in full, deleted.
public final class KeyPages {
  private final Frame frame;
  private final KeyRooms rooms;
  private final Past past;
  private final KeyShowing showing;

  public KeyPages(Frame frame, KeyRooms rooms, Past past, KeyShowing showing) {
    this.frame = frame;
    this.rooms = rooms;
    this.past = past;
    this.showing = showing;
  }

  /// What is known of a key beyond its standing.
  public record Past(History history, KeyWatch watch) {}

  /// `GET /keys/{provider}/{id}`
  public Reply show(Ask ask) {
    return page(ask, held(ask), "");
  }

  private Reply page(Ask ask, Held held, String revealed) {
    var key = held.key();
    var now = rooms.clock().instant();
    var words = frame.words(ask);
    var rows = new Rows(words, now);
    var pool = rooms.pools().of(key.provider());
    var limits =
        new KeyPage.Limits(
            rows.coolings(held.standing()),
            left(words, held, now),
            new QuotaWords(words, now).of(pool.limits().quotas(key.id(), now)));
    var story =
        past.watch().of(key.id(), key.account()).stream()
            .map(heard -> Happening.of(heard, words))
            .toList();
    var charts = new Charts(past.history(), words, now).ofKey(key.id());
    var page =
        new KeyPage(
            frame.shell(ask, key.secret().masked()),
            key.provider(),
            rows.row(held),
            new KeyPage.Edit(key.remark(), key.account(), key.weight(), revealed),
            new KeyPage.Details(rows.facts(held), limits, charts, story));
    return Answers.html(200, frame.templates().key(page).render());
  }

  private List<Left> left(Words words, Held held, Instant now) {
    var pool = rooms.pools().of(held.key().provider());
    return pool.limits().allowances(held.key().id(), now).entrySet().stream()
        .flatMap(
            entry -> entry.getValue().stream().map(told -> left(words, entry.getKey(), told, now)))
        .toList();
  }

  private static Left left(Words words, String model, Allowance told, Instant now) {
    return new Left(
        Rows.model(words, model),
        words.of("quota." + told.kind().word()),
        words.number(told.remaining()),
        told.limit() == Allowance.UNTOLD ? "-" : words.number(told.limit()),
        told.reset().map(at -> Durations.left(Duration.between(now, at))).orElse("-"));
  }

  /// `GET /keys/{provider}/{id}/delete`
  public Reply askToDelete(Ask ask) {
    var words = frame.words(ask);
    var row = new Rows(words, rooms.clock().instant()).row(held(ask));
    var page =
        new ConfirmPage(
            frame.shell(ask, words.of("key.delete.title")),
            words.of("key.delete.question", row.key()),
            row.href(),
            new ConfirmPage.Button(words.of("key.delete.button"), "delete", true),
            row.href());
    return Answers.html(200, frame.templates().confirm(page).render());
  }

  /// `POST /keys/{provider}/{id}`
  public Reply act(Ask ask) {
    var held = held(ask);
    var key = held.key();
    var form = BodyType.form(ask.visit());
    var words = frame.words(ask);
    var list = KeysView.path(key.provider());
    var action = form.text("action");
    switch (action) {
      case "reveal" -> {
        var row = new Rows(words, rooms.clock().instant()).row(held);
        var shown = showing.reveal(ask, form, words, row);
        return shown.question().orElseGet(() -> page(ask, held, shown.key()));
      }
      case "save" -> {
        rooms.keyring().patch(key.id(), KeyActions.patch(form, false), ask.actor());
        ask.leave(Notice.done(words.of("done.saved")));
      }
      case "delete" -> {
        var deleting = new Deleting(rooms.keyring(), words, rooms.clock().instant());
        ask.leave(deleting.few(ask, List.of(key.id()), list));
        return Answers.seeOther(list);
      }
      // Browsers send what the page offers; others send any text.
      default -> {
        var actions = new KeyActions(rooms.keyring(), words, ask.actor());
        ask.leave(actions.act(action, new Selection.Ids(List.of(key.id())), form));
      }
    }
    return Answers.seeOther(list + "/" + key.id());
  }

  private Held held(Ask ask) {
    var provider = rooms.names().known(ask.place("provider"));
    return rooms
        .keyring()
        .find(ask.place("id"))
        .filter(held -> held.key().provider().equals(provider))
        .orElseThrow(() -> Refusal.notFound("there is no such key of " + provider));
  }
}
