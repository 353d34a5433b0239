package io.onebalance.console;

import io.onebalance.console.json.ErrorJson;
import io.onebalance.console.pages.TroublePages;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Percent;
import io.onebalance.console.web.Refusal;
import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import io.onebalance.server.Visit;
import io.onebalance.store.StoreTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells visitors what went wrong, programs in JSON and people on a page. The one place where
/// exceptions of the console end.
final class Troubles {
  private static final Logger log = LoggerFactory.getLogger(Troubles.class);

  private final Gate gate;
  private final TroublePages pages;

  Troubles(Gate gate, TroublePages pages) {
    this.gate = gate;
    this.pages = pages;
  }

  Reply of(Visit visit, RuntimeException trouble) {
    return switch (trouble) {
      case Refusal refusal -> refused(visit, refusal);
      case StoreTrouble store -> unstored(visit, store);
      // Whatever else is thrown is a mistake of ours.
      default -> broken(visit, trouble);
    };
  }

  private Reply refused(Visit visit, Refusal refusal) {
    if (refusal.status() == 401 && !isApi(visit)) {
      return toTheDoor(visit);
    }
    var more = new ArrayList<Header>();
    if (!refusal.methods().isEmpty()) {
      more.add(new Header("allow", String.join(", ", refusal.methods())));
    }
    return Answers.with(told(visit, refusal), more);
  }

  private Reply unstored(Visit visit, StoreTrouble trouble) {
    if (trouble.kind() == StoreTrouble.Kind.MEANINGLESS) {
      return broken(visit, trouble);
    }
    var full = trouble.kind() == StoreTrouble.Kind.FULL;
    log.warn("the store refused a console request: {}", trouble.getMessage());
    var why =
        full ? "The disk is full; nothing was changed." : "The store is away; nothing was changed.";
    return told(visit, new Refusal(full ? 507 : 503, "store_unavailable", why));
  }

  private Reply broken(Visit visit, RuntimeException trouble) {
    var id = UUID.randomUUID().toString();
    log.error("a console request failed, id {}", id, trouble);
    return told(
        visit,
        new Refusal(
            500, "internal_error", "Something broke; the log tells more under the id " + id + "."));
  }

  private Reply told(Visit visit, Refusal refusal) {
    return isApi(visit)
        ? ErrorJson.of(refusal.status(), refusal.code(), refusal.why())
        : pages.page(visit, refusal.status(), refusal.why(), gate.person(visit));
  }

  /// After signing in, people are where they wanted to go; a form that was sent is not sent again.
  private static Reply toTheDoor(Visit visit) {
    if (visit.headers().first("hx-request") != null) {
      // A part of a page asked: the whole page has to go.
      return Answers.with(
          new Reply.Whole(401, List.of(), new byte[0]), List.of(new Header("hx-refresh", "true")));
    }
    if (!visit.method().equals("GET") || visit.path().equals("/")) {
      return Answers.seeOther("/login");
    }
    var wanted = visit.query().isEmpty() ? visit.path() : visit.path() + "?" + visit.query();
    return Answers.seeOther("/login?next=" + Percent.encode(wanted));
  }

  private static boolean isApi(Visit visit) {
    return visit.path().startsWith("/api/") || visit.path().startsWith("/test/");
  }
}
