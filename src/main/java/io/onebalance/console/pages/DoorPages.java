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
  private final Throttle throttle;
  private final Function<Secret, Optional<String>> opens;
  private final InstantSource clock;

  /// `opens` gives the label of a gateway key that may open the console, and nothing for others.
  public DoorPages(
      Frame frame,
      Sessions sessions,
      Throttle throttle,
      Function<Secret, Optional<String>> opens,
      InstantSource clock) {
    this.frame = frame;
    this.sessions = sessions;
    this.throttle = throttle;
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
      var problem = frame.words(ask).of("login.throttled", seconds);
      var later = List.of(new Header("retry-after", Long.toString(seconds)));
      return Answers.with(door(ask, 429, next, problem), later);
    }
    var key = new Secret(form.text("auth_key").strip());
    var name = opens.apply(key);
    if (name.isEmpty()) {
      return door(ask, 403, next, frame.words(ask).of("login.wrong"));
    }
    throttle.succeeded(visit.peer());
    var token = sessions.open(key, "session of " + name.get());
    return Answers.with(
        Answers.seeOther(local(next)), List.of(SessionCookie.set(token, visit.secure())));
  }

  /// `GET /logout` asks, for a link or a prefetch must not sign anybody out.
  public Reply askToLeave(Ask ask) {
    var words = frame.words(ask);
    var page =
        new ConfirmPage(
            frame.shell(ask, words.of("nav.sign-out")),
            words.of("logout.question"),
            "/logout",
            new ConfirmPage.Button(words.of("nav.sign-out"), "logout", false),
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
    var ended = problem.isEmpty() && SessionCookie.token(ask.visit()).isPresent();
    var page = new LoginPage(frame.named(ask, "login.title"), local(next), problem, ended);
    return Answers.html(status, frame.templates().login(page).render());
  }

  /// A path of ours, or the first page: nobody is sent elsewhere by a link to the door.
  static String local(String next) {
    var ours = next.startsWith("/") && !next.startsWith("//") && next.length() < 2_000;
    return ours && next.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\') ? next : "/";
  }
}
