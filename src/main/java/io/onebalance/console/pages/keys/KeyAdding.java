package io.onebalance.console.pages.keys;

import io.onebalance.console.offer.Offer;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.keys.view.AddPage;
import io.onebalance.console.pages.keys.view.AddPage.Outcome;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.server.Reply;
import java.util.ArrayList;
import java.util.List;

/// Adds keys that somebody pasted or gave in a file, at once or after a look at what would become
/// of them.
public final class KeyAdding {
  /// So many refused lines are told one by one.
  private static final int MOST_TOLD = 20;

  private final Frame frame;
  private final KeyRooms rooms;

  public KeyAdding(Frame frame, KeyRooms rooms) {
    this.frame = frame;
    this.rooms = rooms;
  }

  Notice add(Ask ask, String provider, Params form) {
    var words = frame.words(ask);
    var result =
        offer(form).addTo(rooms.keyring(), rooms.names().inCatalogue(provider), ask.actor());
    var text = words.of("done.added", words.count("keys", result.added()));
    if (result.duplicates() > 0) {
      text += " " + words.of("done.duplicates", words.count("keys", result.duplicates()));
    }
    return new Notice(
        result.invalid().isEmpty() && result.added() + result.duplicates() > 0,
        text,
        lines(words, result));
  }

  Reply preview(Ask ask, KeysView view, Params form) {
    var words = frame.words(ask);
    var result = offer(form).preview(rooms.keyring(), rooms.names().inCatalogue(view.provider()));
    var page =
        new AddPage(
            frame.shell(ask, words.of("add.title")),
            view,
            new Outcome(
                words.count("keys", result.added()),
                words.count("keys", result.duplicates()),
                lines(words, result)),
            new AddPage.Given(text(form), form.text("remark"), form.text("account")),
            result.added() > 0);
    return Answers.html(200, frame.templates().add(page).render());
  }

  private static Offer offer(Params form) {
    return Offer.ofText(
        text(form),
        Limits.line("remark", form.text("remark"), Limits.REMARK),
        Limits.line("account", form.text("account"), Limits.ACCOUNT));
  }

  /// What was pasted, and what stood in files.
  private static String text(Params form) {
    return String.join("\n", form.every("keys")).strip();
  }

  private static List<String> lines(Words words, Offer.Result result) {
    var lines = new ArrayList<String>();
    result.invalid().stream()
        .limit(MOST_TOLD)
        .map(invalid -> words.of("add.line", invalid.line(), words.sentence(invalid.why())))
        .forEach(lines::add);
    if (result.invalid().size() > MOST_TOLD) {
      lines.add(words.of("add.more", result.invalid().size() - MOST_TOLD));
    }
    return lines;
  }
}
