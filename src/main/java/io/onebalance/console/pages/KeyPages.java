package io.onebalance.console.pages;

import io.onebalance.console.api.ProviderNames;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.ApiKey;
import io.onebalance.server.Reply;
import io.onebalance.store.Keyring;
import io.onebalance.store.Keyring.Held;
import io.onebalance.store.Keyring.Patch;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One key: looked at, edited, deleted.
public final class KeyPages {
  private final Frame frame;
  private final ProviderNames providers;
  private final Keyring keyring;
  private final InstantSource clock;

  public KeyPages(Frame frame, ProviderNames providers, Keyring keyring, InstantSource clock) {
    this.frame = frame;
    this.providers = providers;
    this.keyring = keyring;
    this.clock = clock;
  }

  /// `GET /keys/{provider}/{id}`
  public Reply show(Ask ask) {
    var held = held(ask);
    var key = held.key();
    var now = clock.instant();
    var page =
        new KeyPage(
            frame.shell(ask, key.secret().masked()),
            key.provider(),
            Rows.row(held, now),
            new KeyPage.Edit(key.remark(), key.account(), key.weight()),
            new KeyPage.Details(Rows.facts(held, now), Rows.coolings(held.standing(), now)));
    return Answers.html(200, frame.templates().key(page).render());
  }

  /// `GET /keys/{provider}/{id}/delete`
  public Reply askToDelete(Ask ask) {
    var row = Rows.row(held(ask), clock.instant());
    var page =
        new ConfirmPage(
            frame.shell(ask, "Delete this key"),
            "The key %s will be deleted. This cannot be undone.".formatted(row.key()),
            row.href(),
            new ConfirmPage.Button("Delete the key", "delete", true),
            row.href());
    return Answers.html(200, frame.templates().confirm(page).render());
  }

  /// `POST /keys/{provider}/{id}`
  public Reply act(Ask ask) {
    var key = held(ask).key();
    var form = BodyType.form(ask.visit());
    var action = form.text("action");
    if (action.equals("save")) {
      keyring.patch(key.id(), patch(form), ask.actor());
      ask.leave(Notice.done("Saved."));
    } else {
      ask.leave(KeyActions.act(keyring, action, List.of(key.id()), ask.actor()));
    }
    var list = KeysView.path(key.provider());
    return Answers.seeOther(action.equals("delete") ? list : list + "/" + key.id());
  }

  private static Patch patch(Params form) {
    return new Patch(
        Optional.empty(),
        form.first("remark").map(text -> Limits.line("remark", text, Limits.REMARK)),
        form.first("weight").map(KeyPages::weight),
        form.first("account").map(text -> Limits.line("account", text, Limits.ACCOUNT)));
  }

  private static int weight(String text) {
    try {
      var weight = Integer.parseInt(text.strip());
      if (weight >= 1 && weight <= ApiKey.HEAVIEST) {
        return weight;
      }
    } catch (NumberFormatException _) {
      // Told below, as any other number that is not allowed.
    }
    throw Refusal.invalid("the weight must be a whole number from 1 to " + ApiKey.HEAVIEST);
  }

  private Held held(Ask ask) {
    var provider = providers.known(ask.place("provider"));
    return keyring
        .find(ask.place("id"))
        .filter(held -> held.key().provider().equals(provider))
        .orElseThrow(() -> Refusal.notFound("there is no such key of " + provider));
  }
}
