package io.onebalance.console.pages.keys;

import io.onebalance.console.pages.ConfirmPage;
import io.onebalance.console.pages.ConfirmPage.Button;
import io.onebalance.console.pages.ConfirmPage.Sent;
import io.onebalance.console.pages.ConfirmPage.Whole;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Params;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.List;
import java.util.Optional;

/// What the forms of a provider's keys do. Each leads back to the view it came from.
public final class KeyListForms {
  private final Frame frame;
  private final KeyRooms rooms;
  private final KeyAdding adding;
  private final KeyShowing showing;

  public KeyListForms(Frame frame, KeyRooms rooms, KeyAdding adding, KeyShowing showing) {
    this.frame = frame;
    this.rooms = rooms;
    this.adding = adding;
    this.showing = showing;
  }

  /// `POST /keys/{provider}`
  public Reply act(Ask ask) {
    var view = KeysView.of(rooms.names().known(ask.place("provider")), ask.query());
    var form = BodyType.form(ask.visit());
    var picked = Picked.of(form, view);
    return switch (form.text("action")) {
      case "add" -> led(ask, view, adding.add(ask, view.provider(), form));
      case "preview" -> adding.preview(ask, view, form);
      case "undo" -> led(ask, view, undo(ask, form.text("undo")));
      case "delete-all-blocked" ->
          led(
              ask,
              view,
              deleting(ask)
                  .many(ask, new Selection.Matching(view.in(Filter.BLOCKED).all().filter())));
      // Browsers send what the page offers; others send any text.
      default -> picked.isNone() ? led(ask, view, none(ask)) : picked(ask, form, picked);
    };
  }

  private Reply picked(Ask ask, Params form, Picked picked) {
    var words = frame.words(ask);
    var view = picked.view();
    var action = form.text("action");
    return switch (action) {
      case "delete" ->
          picked.all() || picked.ids().size() > Deleting.MOST_HELD
              ? question(ask, picked)
              : led(ask, view, deleting(ask).few(ask, picked.ids(), view.href()));
      case "delete-sure" -> led(ask, view, deleting(ask).many(ask, picked.selection()));
      case "export-csv", "export-json" -> showing.export(ask, form, words, picked);
      // What is left is done to keys as they are.
      default -> {
        var actions = new KeyActions(rooms.keyring(), words, ask.actor());
        yield led(ask, view, actions.act(action, picked.selection(), form));
      }
    };
  }

  /// `GET /keys/{provider}/delete-blocked` asks before all blocked keys go.
  public Reply askToDeleteBlocked(Ask ask) {
    var provider = rooms.names().known(ask.place("provider"));
    var view = KeysView.of(provider, new Params(List.of())).in(Filter.BLOCKED);
    return question(ask, new Picked(List.of(), true, view));
  }

  private Reply question(Ask ask, Picked picked) {
    var words = frame.words(ask);
    var view = picked.view();
    var many =
        picked.all()
            ? rooms.keyring().list(view.filter(), KeysView.ANY_ORDER, "", 1).total()
            : picked.ids().size();
    var keys = words.count("keys", many);
    var page =
        new ConfirmPage(
            frame.shell(ask, words.of("keys.delete.title")),
            words.of("keys.delete.question", keys, view.provider()),
            view.href(),
            new Sent(
                new Button(words.of("keys.delete.button", keys), "delete-sure", true),
                picked.fields(),
                false),
            view.href(),
            Optional.of(new Whole(view.provider(), view.status(), view.text(), many))
                .filter(_ -> picked.all()));
    return Answers.html(200, frame.templates().confirm(page).render());
  }

  private Deleting deleting(Ask ask) {
    return new Deleting(rooms.keyring(), frame.words(ask), rooms.clock().instant());
  }

  private Notice undo(Ask ask, String action) {
    return ask.session()
        .flatMap(session -> session.undo(action, rooms.clock().instant()))
        .orElseGet(() -> Notice.failed(frame.words(ask).of("undo.late")));
  }

  private Notice none(Ask ask) {
    return Notice.failed(frame.words(ask).of("keys.none.selected"));
  }

  private static Reply led(Ask ask, KeysView view, Notice notice) {
    ask.leave(notice);
    return Answers.seeOther(view.href());
  }
}
