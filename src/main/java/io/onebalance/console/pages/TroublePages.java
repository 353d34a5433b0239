package io.onebalance.console.pages;

import io.onebalance.console.pages.words.Taste;
import io.onebalance.console.session.Session;
import io.onebalance.console.web.Answers;
import io.onebalance.server.Reply;
import io.onebalance.server.Visit;
import java.util.Optional;
import java.util.Set;

/// Refusals as pages.
public final class TroublePages {
  private static final Set<Integer> NAMED = Set.of(403, 404, 413, 429, 503, 507);

  private final Frame frame;

  public TroublePages(Frame frame) {
    this.frame = frame;
  }

  public Reply.Whole page(Visit visit, int status, String why, Optional<Session> session) {
    var words = Taste.of(visit).words();
    var name = words.of("trouble." + name(status));
    var page =
        new TroublePage(frame.shell(visit, session, name), status, name, words.sentence(why));
    return Answers.html(status, frame.templates().trouble(page).render());
  }

  private static String name(int status) {
    if (NAMED.contains(status)) {
      return Integer.toString(status);
    }
    return status < 500 ? "client" : "server";
  }
}
