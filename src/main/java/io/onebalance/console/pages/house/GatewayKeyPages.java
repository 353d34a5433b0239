package io.onebalance.console.pages.house;

import io.onebalance.console.api.gateway.GatewayKeyFields;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.pages.ConfirmPage;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.house.GatewayKeyPage.Edit;
import io.onebalance.console.pages.house.GatewayKeysPage.Fresh;
import io.onebalance.console.pages.house.GatewayKeysPage.Row;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Reply;
import io.onebalance.store.issue.IssuedKey;
import io.onebalance.store.issue.IssuedKey.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Gateway keys on pages: looked at, issued, changed, rotated, revoked.
public final class GatewayKeyPages {
  private static final Duration LONGEST_GRACE = Duration.ofDays(90);

  private final Frame frame;
  private final GatewayRooms rooms;

  public GatewayKeyPages(Frame frame, GatewayRooms rooms) {
    this.frame = frame;
    this.rooms = rooms;
  }

  /// `GET /gateway-keys`
  public Reply list(Ask ask) {
    return page(ask, 200, told(ask).edit(), Optional.empty());
  }

  private Reply page(Ask ask, int status, Edit edit, Optional<Fresh> fresh) {
    var told = told(ask);
    var rows = new ArrayList<Row>();
    rooms.grants().get().defined().forEach(defined -> rows.add(told.row(defined)));
    rooms.issued().list().forEach(key -> rows.add(told.row(key)));
    var page = new GatewayKeysPage(frame.named(ask, "nav.gateway-keys"), rows, edit, fresh);
    return Answers.html(status, frame.templates().gatewayKeys(page).render());
  }

  /// What was just made is shown with a form for another.
  private Reply fresh(Ask ask, Fresh made) {
    return page(ask, 200, told(ask).edit(), Optional.of(made));
  }

  /// `POST /gateway-keys` issues a key. A form that is refused comes back as it was filled in.
  public Reply add(Ask ask) {
    var form = BodyType.form(ask.visit());
    try {
      return fresh(ask, issue(ask, form));
    } catch (Refusal why) {
      complain(ask, why);
      return page(ask, why.status(), told(ask).edit(form), Optional.empty());
    }
  }

  private Fresh issue(Ask ask, Params form) {
    var fields = fields(form, Optional.empty(), GatewayKeyFields.NEW);
    var name = fields.name().orElse("");
    var made = refused(() -> rooms.issued().add(name, fields.newTerms(), ask.actor()));
    return new Fresh(name, made.text().reveal());
  }

  /// `GET /gateway-keys/{id}`
  public Reply show(Ask ask) {
    var key = issued(ask);
    return page(ask, 200, key, told(ask).edit(key));
  }

  private Reply page(Ask ask, int status, IssuedKey key, Edit edit) {
    var page =
        new GatewayKeyPage(
            frame.shell(ask, key.name()), told(ask).row(key), edit, key.terms().enabled());
    return Answers.html(status, frame.templates().gatewayKey(page).render());
  }

  /// `POST /gateway-keys/{id}`
  public Reply act(Ask ask) {
    var key = issued(ask);
    var form = BodyType.form(ask.visit());
    return switch (form.text("action")) {
      case "save" -> saved(ask, key, form);
      case "enable" -> changed(ask, key, Optional.empty(), terms -> terms.enabled(true));
      case "disable" -> changed(ask, key, Optional.empty(), terms -> terms.enabled(false));
      case "rotate" -> rotated(ask, key, form);
      case "revoke" -> revoked(ask, key);
      // Browsers send what the page offers; others send any text.
      default -> throw Refusal.invalid("the form asks for no action that exists");
    };
  }

  /// `GET /gateway-keys/{id}/revoke` asks before a key ends for good.
  public Reply askToRevoke(Ask ask) {
    var key = issued(ask);
    var words = frame.words(ask);
    var href = "/gateway-keys/" + key.id();
    var page =
        new ConfirmPage(
            frame.shell(ask, words.of("gateway.revoke")),
            words.of("gateway.revoke.question", key.name()),
            href,
            new ConfirmPage.Button(words.of("gateway.revoke"), "revoke", true),
            href);
    return Answers.html(200, frame.templates().confirm(page).render());
  }

  /// A form that is refused comes back as it was filled in.
  private Reply saved(Ask ask, IssuedKey key, Params form) {
    try {
      var fields = fields(form, key.terms().expires(), GatewayKeyFields.PATCH);
      return changed(ask, key, fields.name(), fields::over);
    } catch (Refusal why) {
      complain(ask, why);
      return page(ask, why.status(), key, told(ask).edit(form));
    }
  }

  private void complain(Ask ask, Refusal why) {
    ask.leave(Notice.failed(frame.words(ask).sentence(why.why())));
  }

  private Reply changed(Ask ask, IssuedKey key, Optional<String> name, UnaryOperator<Terms> terms) {
    refused(() -> rooms.issued().change(key.id(), name, terms, ask.actor()));
    ask.leave(Notice.done(frame.words(ask).of("done.saved")));
    return Answers.seeOther("/gateway-keys/" + key.id());
  }

  private Reply rotated(Ask ask, IssuedKey key, Params form) {
    var hours = form.text("grace").isBlank() ? "0" : form.text("grace").strip();
    try {
      var grace = Duration.ofHours(Math.clamp(Long.parseLong(hours), 0, LONGEST_GRACE.toHours()));
      var made = rooms.issued().rotate(key.id(), grace, ask.actor()).orElseThrow(this::unknown);
      return fresh(ask, new Fresh(key.name(), made.text().reveal()));
    } catch (NumberFormatException _) {
      throw Refusal.invalid("'grace' must be a whole number of hours");
    }
  }

  private Reply revoked(Ask ask, IssuedKey key) {
    rooms.issued().revoke(key.id(), ask.actor());
    ask.leave(Notice.done(frame.words(ask).of("gateway.revoked", key.name())));
    return Answers.seeOther("/gateway-keys");
  }

  private GatewayKeyFields fields(Params form, Optional<Instant> expires, Set<String> allowed) {
    var json = new GatewayKeyForm(form, expires).json();
    return new GatewayKeyFields(JsonRecord.of(json, allowed), rooms.catalogue().get());
  }

  private GatewayKeyWords told(Ask ask) {
    return new GatewayKeyWords(
        frame.words(ask),
        rooms.spendings(),
        rooms.issued().inForce().byDefault(),
        rooms.clock().instant());
  }

  private IssuedKey issued(Ask ask) {
    return rooms.issued().find(ask.place("id")).orElseThrow(this::unknown);
  }

  private Refusal unknown() {
    return Refusal.notFound("there is no gateway key with this id");
  }

  private static <T> T refused(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException why) {
      throw Refusal.invalid(String.valueOf(why.getMessage()));
    }
  }
}
