package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.house.GatewayNames;
import io.onebalance.console.pages.traffic.RequestPage.Way;
import io.onebalance.console.pages.traffic.RequestsPage.Filled;
import io.onebalance.console.pages.traffic.RequestsPage.Option;
import io.onebalance.console.pages.traffic.RequestsPage.Sought;
import io.onebalance.console.pages.traffic.RequestsPage.Time;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Percent;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.server.Reply;
import io.onebalance.store.history.History;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.log.Outcome;
import io.onebalance.store.history.log.Search;
import io.onebalance.store.keyring.Keyring;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The request log, and one request's way.
public final class RequestPages {
  private static final int ROWS = 50;
  private static final int TAIL = 8;
  private static final String ERROR = "error";

  private final Frame frame;
  private final Rooms rooms;
  private final History history;

  public RequestPages(Frame frame, Rooms rooms) {
    this.frame = frame;
    this.rooms = rooms;
    this.history = rooms.history();
  }

  /// The log, and where the names of what it tells of are known.
  public record Rooms(
      History history,
      Supplier<Catalogue> catalogue,
      Keyring keyring,
      Whys whys,
      GatewayNames callers) {}

  /// `GET /requests`
  public Reply list(Ask ask) {
    var query = ask.query();
    var words = frame.words(ask);
    var filled =
        new Filled(
            word(query, "provider"),
            word(query, "model"),
            word(query, "gateway_key"),
            word(query, "key_id"));
    var status = query.text("status");
    var times = Times.of(query);
    var page = history.requests(search(filled, times, status), cursor(query.text("cursor")), ROWS);
    var told = words(words);
    var address = address(filled, status, times);
    var any = !address.isEmpty();
    var shown =
        new RequestsPage(
            frame.named(ask, "nav.requests"),
            new Sought(filled, times.asked(), outcomes(words, status), any),
            page.requests().stream().map(one -> told.row(one.entry())).toList(),
            Optional.of(page.next())
                .filter(next -> next > 0)
                .map(next -> "/requests?" + address + "&cursor=" + next),
            "/api/requests?format=csv" + (any ? "&" + exact(filled, status, times) : ""));
    return Answers.html(200, frame.templates().requests(shown).render());
  }

  /// `GET /requests/{id}`
  public Reply show(Ask ask) {
    var words = frame.words(ask);
    var entry =
        history
            .request(ask.place("id"))
            .orElseThrow(() -> Refusal.notFound(words.of("request.gone")))
            .entry();
    var told = words(words);
    var steps = entry.attempts().stream().map(told::step).toList();
    var last = steps.stream().mapToLong(step -> step.after() + step.took()).max().orElse(0);
    var page =
        new RequestPage(
            frame.named(ask, "request.title"),
            told.end(entry),
            told.facts(entry),
            new Way(steps, Math.max(1, Math.max(last, entry.times().total().toMillis()))),
            rooms.whys().of(entry.requestId()).stream()
                .map(why -> told.reason(id -> provider(id, entry), why))
                .toList());
    return Answers.html(200, frame.templates().request(page).render());
  }

  private RequestWords words(Words words) {
    return new RequestWords(words, rooms.callers().names(), this::keyName);
  }

  /// How a key's page is headed; where it is gone, the end of its id.
  private String keyName(String id) {
    return rooms
        .keyring()
        .find(id)
        .map(held -> held.key().secret().masked())
        .orElseGet(() -> id.length() > TAIL ? "…" + id.substring(id.length() - TAIL) : id);
  }

  /// Whose key this is: keys of several providers may have been asked for one request.
  private String provider(String keyId, Entry entry) {
    return rooms
        .keyring()
        .find(keyId)
        .map(held -> held.key().provider())
        .or(() ->
            entry.attempts().stream()
                .filter(attempt -> attempt.keyId().equals(keyId))
                .map(Entry.Attempt::provider)
                .findFirst())
        .orElseGet(() -> entry.served().provider());
  }

  private Search search(Filled filled, Times times, String status) {
    var slug =
        rooms
            .catalogue()
            .get()
            .find(filled.provider())
            .map(Provider::slug)
            .orElse(filled.provider());
    try {
      var filter =
          new Filter(filled.gatewayKey(), slug, filled.model(), filled.key(), outcomesOf(status));
      return new Search(times.from(), times.to(), filter);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.invalid(String.valueOf(wrong.getMessage()));
    }
  }

  private static List<String> outcomesOf(String status) {
    if (status.equals(ERROR)) {
      return Outcome.ERRORS;
    }
    return status.isEmpty() ? List.of() : List.of(status);
  }

  private static List<Option> outcomes(Words words, String status) {
    return List.of("", ERROR, "2xx", "4xx", "5xx", Outcome.CUT, Outcome.LEFT).stream()
        .map(value ->
            new Option(
                value,
                words.named("outcome.", value.isEmpty() ? "any" : value),
                value.equals(status)))
        .toList();
  }

  private static String address(Filled filled, String status, Times times) {
    return address(filled, status, times.asked());
  }

  /// The same for the API, which wants the zone told.
  private static String exact(Filled filled, String status, Times times) {
    var from = times.asked().from().isEmpty() ? "" : times.from().toString();
    var to = times.asked().to().isEmpty() ? "" : times.to().toString();
    return address(filled, status, new Time(from, to));
  }

  private static String address(Filled filled, String status, Time time) {
    return List.of(
            new Params.Param("provider", filled.provider()),
            new Params.Param("model", filled.model()),
            new Params.Param("gateway_key", filled.gatewayKey()),
            new Params.Param("key_id", filled.key()),
            new Params.Param("status", status),
            new Params.Param("from", time.from()),
            new Params.Param("to", time.to()))
        .stream()
        .filter(param -> !param.value().isEmpty())
        .map(param -> param.name() + "=" + Percent.encode(param.value()))
        .collect(Collectors.joining("&"));
  }

  private static long cursor(String text) {
    try {
      return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw Refusal.invalid("'cursor' is not one that was given out; leave it out to begin anew");
    }
  }

  private static String word(Params query, String name) {
    return Limits.line(name, query.text(name), Limits.WORD);
  }
}
