package io.onebalance.console.pages;

import io.onebalance.console.pages.ConfirmPage.Button;
import io.onebalance.console.pages.ConfirmPage.Sent;
import io.onebalance.console.session.Throttle;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.secret.Secret;
import io.onebalance.server.Reply;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Asks for the gateway key once more before keys are shown in full (S22): a browser that somebody
/// left open must not give them away.
public final class FreshSignIn {
  private final Frame frame;
  private final Function<Secret, Optional<String>> opens;
  private final Throttle throttle;
  private final InstantSource clock;

  /// `opens` gives the label of a gateway key that may open the console, and nothing for others.
  public FreshSignIn(
      Frame frame,
      Function<Secret, Optional<String>> opens,
      Throttle throttle,
      InstantSource clock) {
    this.frame = frame;
    this.opens = opens;
    this.throttle = throttle;
    this.clock = clock;
  }

  /// What is shown, and where the form goes and comes back to.
  public record Wanted(String title, String target, Sent sent, String back) {}

  /// The page that asks for the key; empty where it was shown a short while ago, or just now.
  public Optional<Reply> question(Ask ask, Params form, Wanted wanted) {
    var now = clock.instant();
    var session = ask.session().orElseThrow(() -> Refusal.unauthorized("Please sign in."));
    var words = frame.words(ask);
    if (session.isFresh(now)) {
      return Optional.empty();
    }
    var given = new Secret(form.text("auth_key").strip());
    if (given.reveal().isEmpty()) {
      return Optional.of(page(ask, wanted, words.of("fresh.question")));
    }
    if (throttle.attempt(ask.visit().peer(), now).isPresent()) {
      throw new Refusal(429, "rate_limited", words.of("fresh.throttled"));
    }
    if (opens.apply(given).isEmpty()) {
      return Optional.of(page(ask, wanted, words.of("login.wrong")));
    }
    throttle.succeeded(ask.visit().peer());
    session.prove(now);
    return Optional.empty();
  }

  private Reply page(Ask ask, Wanted wanted, String question) {
    var button = wanted.sent().button();
    var page =
        new ConfirmPage(
            frame.shell(ask, wanted.title()),
            question,
            wanted.target(),
            new Sent(
                new Button(button.label(), button.action(), false), wanted.sent().fields(), true),
            wanted.back());
    return Answers.html(200, frame.templates().confirm(page).render());
  }
}
