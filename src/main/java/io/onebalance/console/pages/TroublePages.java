package io.onebalance.console.pages;

import io.onebalance.console.session.Session;
import io.onebalance.console.web.Answers;
import io.onebalance.server.Reply;
import java.util.Optional;

/// Refusals as pages.
public final class TroublePages {
  private final Frame frame;

  public TroublePages(Frame frame) {
    this.frame = frame;
  }

  public Reply.Whole page(int status, String why, Optional<Session> session) {
    var name = name(status);
    var page = new TroublePage(frame.shell(session, name), status, name, why);
    return Answers.html(status, frame.templates().trouble(page).render());
  }

  private static String name(int status) {
    return switch (status) {
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 413 -> "Too much at once";
      case 429 -> "Too many attempts";
      case 503, 507 -> "The store does not answer";
      // Statuses are an open list of numbers.
      default -> status < 500 ? "That did not work" : "Something broke";
    };
  }
}
