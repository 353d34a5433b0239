package io.onebalance.console.pages;

import io.onebalance.console.session.SessionCookie;
import io.onebalance.console.session.Sessions;
import io.onebalance.console.session.Throttle;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.http.Header;
import io.onebalance.secret.Secret;
import io.onebalance.server.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The way in and the way out.
public final class DoorPages {
  private final Frame frame;
  private final Sessions sessions;
  private final Throttle throttle = new Throttle();
  private final Function<Secret, Optional<String>> opens;
  private final InstantSource clock;

  /// `opens` gives the label of a gateway key that may open the console, and nothing for others.
  public DoorPages(
      Frame frame,
      Sessions sessions,
      Function<Secret, Optional<String>> opens,
      InstantSource clock) {
    this.frame = frame;
    this.sessions = sessions;
    this.opens = opens;
    this.clock = clock;
  }

  /// `GET /login`
  public Reply login(Ask ask) {
    return ask.session().isPresent()
        ? Answers.seeOther(local(ask.query().text("next")))
        : door(ask, 200, ask.query().text("next"), "");
  }

  /// `POST /login`
  public Reply enter(Ask ask) {
    var visit = ask.visit();
    var form = BodyType.form(visit);
    var next = form.text("next");
    var wait = throttle.attempt(visit.peer(), clock.instant());
    if (wait.isPresent()) {
      var seconds = wait.get().plusNanos(999_999_999).toSeconds();
      var problem = "Too many attempts. Try again in %d s.".formatted(seconds);
      var later = List.of(new Header("retry-after", Long.toString(seconds)));
      return Answers.with(door(ask, 429, next, problem), later);
    }
    var key = new Secret(form.text("auth_key").strip());
    var name = opens.apply(key);
    if (name.isEmpty()) {
      return door(ask, 403, next, "This key does not open the console.");
    }
    throttle.succeeded(visit.peer());
    var token = sessions.open(key, "session of " + name.get());
    return Answers.with(
        Answers.seeOther(local(next)), List.of(SessionCookie.set(token, visit.secure())));
  }

  /// `GET /logout` asks, for a link or a prefetch must not sign anybody out.
  public Reply askToLeave(Ask ask) {
    var page =
        new ConfirmPage(
            frame.shell(ask, "Sign out"),
            "Sign out of the console?",
            "/logout",
            new ConfirmPage.Button("Sign out", "logout", false),
            "/");
    return Answers.html(200, frame.templates().confirm(page).render());
  }

  /// `POST /logout`
  public Reply leave(Ask ask) {
    SessionCookie.token(ask.visit()).ifPresent(sessions::close);
    return Answers.with(
        Answers.seeOther("/login"), List.of(SessionCookie.gone(ask.visit().secure())));
  }

  private Reply door(Ask ask, int status, String next, String problem) {
    var page = new LoginPage(frame.shell(ask, "Sign in"), local(next), problem);
    return Answers.html(status, frame.templates().login(page).render());
  }

  /// A path of ours, or the first page: nobody is sent elsewhere by a link to the door.
  static String local(String next) {
    var ours = next.startsWith("/") && !next.startsWith("//") && next.length() < 2_000;
    return ours && next.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\') ? next : "/";
  }
}
