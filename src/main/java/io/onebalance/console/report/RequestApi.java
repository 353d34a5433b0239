package io.onebalance.console.report;

import io.onebalance.console.json.Json;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.onebalance.provider.Catalogue;
import io.onebalance.server.Reply;
import io.onebalance.store.history.History;
import io.onebalance.store.history.log.Logged;
import io.onebalance.store.history.log.Search;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/requests` and `GET /api/requests/{id}`: the request log, newest first.
public final class RequestApi {
  private static final int USUAL_LIMIT = 100;

  private static final Entry NOTHING =
      new Entry(
          "",
          Instant.EPOCH,
          "",
          new Entry.Asked(Entry.Kind.NATIVE, "", false),
          Entry.Served.NOBODY,
          new Entry.Ending(0, Entry.How.LEFT),
          new Entry.Times(Duration.ZERO, Duration.ZERO),
          Tokens.NONE,
          Optional.empty(),
          List.of(),
          0,
          List.of());

  private final History history;
  private final Supplier<Catalogue> catalogue;
  private final Whys whys;

  public RequestApi(History history, Supplier<Catalogue> catalogue, Whys whys) {
    this.history = history;
    this.catalogue = catalogue;
    this.whys = whys;
  }

  public Reply list(Ask ask) {
    var wish = Wish.of(ask, Set.of("cursor", "request_id"));
    var csv = Wish.csv(ask, wish);
    var search = search(wish);
    var name = wish.word("request_id");
    if (csv) {
      var most = wish.limit(Integer.MAX_VALUE, Integer.MAX_VALUE);
      var cursor = cursor(wish);
      return new Reply.Streamed(200, Csv.HEADERS, sink -> lines(search, cursor, most, sink));
    }
    var limit = wish.limit(USUAL_LIMIT, Limits.PAGE);
    var page = name.isEmpty() ? history.requests(search, cursor(wish), limit) : named(name);
    return Answers.json(200, json(page).toString());
  }

  public Reply get(Ask ask) {
    ask.query().only(Set.of());
    return history
        .request(ask.place("id"))
        .map(logged -> Answers.json(200, explained(logged.entry()).toString()))
        .orElseThrow(
            () -> Refusal.notFound("the request log has no request with this id (any more)"));
  }

  private ObjectNode explained(Entry entry) {
    var json = RequestView.json(entry);
    WhyView.into(json.putArray("why"), whys.of(entry.requestId()));
    return json;
  }

  private Logged.Page named(String requestId) {
    return new Logged.Page(history.request(requestId).stream().toList(), 0);
  }

  private Search search(Wish wish) {
    try {
      var all = Search.ALL;
      return new Search(
          wish.time("from", all.from()), wish.time("to", all.to()), wish.filter(catalogue.get()));
    } catch (IllegalArgumentException wrong) {
      throw Refusal.invalid(String.valueOf(wrong.getMessage()));
    }
  }

  private static long cursor(Wish wish) {
    var text = wish.params().text("cursor");
    try {
      var cursor = text.isEmpty() ? 0 : Long.parseLong(text);
      if (cursor >= 0) {
        return cursor;
      }
    } catch (NumberFormatException _) {
      // Told below, as any other text that was not given out.
    }
    throw Refusal.invalid("'cursor' is not one that was given out; leave it out to begin anew");
  }

  private static ObjectNode json(Logged.Page page) {
    var json = Json.MAPPER.createObjectNode();
    var items = json.putArray("items");
    page.requests().forEach(logged -> items.add(RequestView.json(logged.entry())));
    if (page.next() == 0) {
      json.putNull("next");
    } else {
      json.put("next", Long.toString(page.next()));
    }
    return json;
  }

  /// Page by page, so that a large file needs little memory.
  private void lines(Search search, long cursor, int most, Consumer<byte[]> sink) {
    sink.accept(bytes(Csv.line(List.copyOf(RequestView.of(NOTHING).keySet()))));
    var left = most;
    var before = cursor;
    do {
      var page = history.requests(search, before, Math.min(left, Limits.PAGE));
      page.requests().forEach(logged -> sink.accept(bytes(line(logged))));
      left -= page.requests().size();
      before = page.next();
    } while (before > 0 && left > 0);
  }

  private static String line(Logged logged) {
    return Csv.line(new ArrayList<>(RequestView.of(logged.entry()).values()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
