package io.onebalance.console.pages;

import io.onebalance.console.api.Offer;
import io.onebalance.console.api.ProviderNames;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.Counts;
import io.onebalance.server.Reply;
import io.onebalance.store.Keyring;
import io.onebalance.store.Keyring.Filter;
import io.onebalance.store.Keyring.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the forms of a provider's keys do. Each leads back to the view it came from.
public final class KeyListForms {
  /// So many refused lines are told one by one.
  private static final int MOST_TOLD = 20;

  private final Frame frame;
  private final ProviderNames providers;
  private final Keyring keyring;

  public KeyListForms(Frame frame, ProviderNames providers, Keyring keyring) {
    this.frame = frame;
    this.providers = providers;
    this.keyring = keyring;
  }

  /// `POST /keys/{provider}`
  public Reply act(Ask ask) {
    var provider = providers.known(ask.place("provider"));
    var form = BodyType.form(ask.visit());
    var notice =
        switch (form.text("action")) {
          case "add" -> add(provider, form, ask.actor());
          case "delete-all-blocked" -> deleteBlocked(provider, ask.actor());
          // Browsers send what the page offers; others send any text.
          default -> selected(form, ask.actor());
        };
    ask.leave(notice);
    return Answers.seeOther(KeysView.of(provider, ask.query()).href());
  }

  /// `GET /keys/{provider}/delete-blocked` asks before all blocked keys go.
  public Reply askToDeleteBlocked(Ask ask) {
    var provider = providers.known(ask.place("provider"));
    var view = KeysView.of(provider, new Params(List.of())).in(Filter.BLOCKED);
    var tally = ProviderPages.tally(keyring.counts().getOrDefault(provider, Counts.NONE));
    var page =
        new ConfirmPage(
            frame.shell(ask, "Delete all blocked keys"),
            "%s of %s will be deleted. This cannot be undone."
                .formatted(keys(tally.blocked()), provider),
            view.href(),
            new ConfirmPage.Button("Delete " + keys(tally.blocked()), "delete-all-blocked", true),
            view.href());
    return Answers.html(200, frame.templates().confirm(page).render());
  }

  private Notice add(String provider, Params form, String actor) {
    var offer =
        Offer.ofText(
            form.text("keys"),
            Limits.line("remark", form.text("remark"), Limits.REMARK),
            Limits.line("account", form.text("account"), Limits.ACCOUNT));
    var result = offer.addTo(keyring, providers.inCatalogue(provider), actor);
    var text = "%s added.".formatted(keys(result.added()));
    if (result.duplicates() > 0) {
      text += " %s already here.".formatted(keys(result.duplicates()));
    }
    return new Notice(
        result.invalid().isEmpty() && result.added() + result.duplicates() > 0,
        text,
        lines(result));
  }

  private static List<String> lines(Offer.Result result) {
    var lines = new ArrayList<String>();
    result.invalid().stream()
        .limit(MOST_TOLD)
        .map(invalid -> "Line %d: %s".formatted(invalid.line(), invalid.why()))
        .forEach(lines::add);
    if (result.invalid().size() > MOST_TOLD) {
      lines.add("and %d more".formatted(result.invalid().size() - MOST_TOLD));
    }
    return lines;
  }

  private Notice deleteBlocked(String provider, String actor) {
    var blocked = new Selection.Matching(new Filter(provider, Filter.BLOCKED, ""));
    return Notice.done("%s deleted.".formatted(keys(keyring.delete(blocked, actor))));
  }

  private Notice selected(Params form, String actor) {
    var ids = new ArrayList<>(form.every("key_id"));
    ids.addAll(form.every("key_id[]"));
    if (ids.size() > Limits.IDS) {
      throw Refusal.tooLarge("more than %d keys selected".formatted(Limits.IDS));
    }
    if (ids.isEmpty()) {
      return Notice.failed("No key was selected.");
    }
    return KeyActions.act(keyring, form.text("action"), ids, actor);
  }

  static String keys(int count) {
    return String.format(Locale.ROOT, count == 1 ? "%d key" : "%,d keys", count);
  }
}
