package io.onebalance.console.pages.keys;

import io.onebalance.console.offer.KeyFinder;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.keys.view.FindPage;
import io.onebalance.console.pages.keys.view.FindPage.Group;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.secret.Secret;
import io.onebalance.server.Reply;
import java.util.List;

/// `/find`: keys are found in any text, and offered to the providers they look like.
public final class FindPages {
  private static final int MOST_SHOWN = 12;

  private final Frame frame;
  private final KeyRooms rooms;

  public FindPages(Frame frame, KeyRooms rooms) {
    this.frame = frame;
    this.rooms = rooms;
  }

  /// `GET /find`
  public Reply ask(Ask ask) {
    return page(ask, false, List.of());
  }

  /// `POST /find`
  public Reply find(Ask ask) {
    var words = frame.words(ask);
    var text = String.join("\n", BodyType.form(ask.visit()).every("text"));
    return page(ask, true, KeyFinder.in(text).stream().map(found -> group(words, found)).toList());
  }

  private Group group(Words words, KeyFinder.Found found) {
    return new Group(
        found.providers().stream()
            .filter(name -> rooms.names().keyPattern(name).isPresent())
            .toList(),
        words.count("keys", found.keys().size()),
        found.keys().stream().limit(MOST_SHOWN).map(key -> new Secret(key).masked()).toList(),
        String.join("\n", found.keys()));
  }

  private Reply page(Ask ask, boolean asked, List<Group> groups) {
    var page = new FindPage(frame.named(ask, "find.title"), asked, groups);
    return Answers.html(200, frame.templates().find(page).render());
  }
}
