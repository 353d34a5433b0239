package io.onebalance.console;

import io.onebalance.access.Admission;
import io.onebalance.access.Grants;
import io.onebalance.access.Presented;
import io.onebalance.console.session.Session;
import io.onebalance.console.session.SessionCookie;
import io.onebalance.console.session.Sessions;
import io.onebalance.console.web.Access;
import io.onebalance.console.web.Caller;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.SameOrigin;
import io.onebalance.secret.Secret;
import io.onebalance.server.Visit;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Lets callers in, or says why not. A gateway key is a proof by itself; a cookie is sent by any
/// browser that holds it, so with a cookie a change must come from our own pages.
final class Gate {
  /// What our own pages send when they look again by themselves.
  private static final String LIVE = "x-one-balance-live";

  private final Supplier<Grants> grants;
  private final InstantSource clock;
  private final Sessions sessions;

  Gate(Supplier<Grants> grants, InstantSource clock, SecureRandom chance) {
    this.grants = grants;
    this.clock = clock;
    this.sessions = new Sessions(clock, chance, key -> opens(key).isPresent());
  }

  Sessions sessions() {
    return sessions;
  }

  /// The label of a gateway key that may open the console now.
  Optional<String> opens(Secret key) {
    return switch (grants.get().admit(List.of(key.reveal()), clock.instant())) {
      case Admission.Admitted(var grant) ->
          Optional.of(grant.name()).filter(_ -> grant.unrestricted());
      case Admission.Refused _ -> Optional.empty();
    };
  }

  /// Who visits, if this route is for them; throws a [Refusal] if not.
  Caller admit(Visit visit, Access access) {
    var caller =
        switch (access) {
          case OPEN -> person(visit).<Caller>map(Caller.Person::new).orElse(new Caller.Stranger());
          case SESSION ->
              person(visit)
                  .<Caller>map(Caller.Person::new)
                  .orElseThrow(() -> Refusal.unauthorized("Please sign in."));
          case UNRESTRICTED -> unrestricted(visit);
        };
    if (changes(visit)
        && !(caller instanceof Caller.Script)
        && !SameOrigin.allows(visit.headers())) {
      throw Refusal.forbidden("This form came from another site.");
    }
    return caller;
  }

  /// Who is signed in.
  Optional<Session> person(Visit visit) {
    var looksByItself = visit.headers().first(LIVE) != null;
    return SessionCookie.token(visit)
        .flatMap(token -> looksByItself ? sessions.peek(token) : sessions.find(token));
  }

  /// Tells, as often as it is asked, whether who comes with this visit to a route for the
  /// unrestricted would be let in now. To be asked is no visit: it keeps nobody signed in.
  BooleanSupplier pass(Visit visit) {
    var presented = Presented.in(visit.headers(), visit.query());
    var token = SessionCookie.token(visit);
    return () -> isUnrestricted(presented) || token.flatMap(sessions::peek).isPresent();
  }

  private boolean isUnrestricted(List<String> presented) {
    return grants.get().admit(presented, clock.instant()) instanceof Admission.Admitted(var grant)
        && grant.unrestricted();
  }

  private Caller unrestricted(Visit visit) {
    var presented = Presented.in(visit.headers(), visit.query());
    var admission = grants.get().admit(presented, clock.instant());
    if (admission instanceof Admission.Admitted(var grant) && grant.unrestricted()) {
      return new Caller.Script(grant.name());
    }
    return person(visit).<Caller>map(Caller.Person::new).orElseThrow(() -> refusal(admission));
  }

  private static Refusal refusal(Admission admission) {
    return switch (admission) {
      case Admission.Admitted _ ->
          Refusal.forbidden("A restricted gateway key does not open the key API.");
      case Admission.Refused(var why) -> Refusal.unauthorized(why);
    };
  }

  private static boolean changes(Visit visit) {
    return !visit.method().equals("GET") && !visit.method().equals("HEAD");
  }
}
