package io.onebalance.console.live;

import io.onebalance.console.json.Json;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.http.Header;
import io.onebalance.key.event.Cause;
import io.onebalance.server.Reply;
import io.onebalance.server.Visit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/events`: what happened to keys, as a list or, where `text/event-stream` is asked for,
/// as it happens. Who follows is judged anew whenever there is something to tell, and at each beat.
public final class EventApi {
  private static final int USUAL_LIMIT = 100;
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final List<Header> STREAM =
      List.of(new Header("content-type", "text/event-stream; charset=utf-8"));

  private final KeyWatch watch;
  private final Function<Visit, BooleanSupplier> pass;
  private final Duration beat;

  /// `pass` makes of a visit that was let in what tells whether it would be let in now.
  public EventApi(KeyWatch watch, Function<Visit, BooleanSupplier> pass) {
    this(watch, pass, BEAT);
  }

  EventApi(KeyWatch watch, Function<Visit, BooleanSupplier> pass, Duration beat) {
    this.watch = watch;
    this.pass = pass;
    this.beat = beat;
  }

  public Reply answer(Ask ask) {
    var query = ask.query().only(Set.of("after", "limit"));
    var accepted = ask.visit().headers().first("accept");
    if (accepted != null && accepted.contains("text/event-stream")) {
      var last = ask.visit().headers().first("last-event-id");
      var newest = watch.newest();
      var after = last == null ? number(query, "after", newest) : number(last, "last-event-id");
      // A number that was not told yet is from before a restart: all that is held is news.
      var from = after > newest ? 0 : after;
      var still = pass.apply(ask.visit());
      return new Reply.Streamed(200, STREAM, sink -> follow(from, still, sink));
    }
    var limit = Math.clamp(number(query, "limit", USUAL_LIMIT), 1, KeyWatch.MOST);
    return Answers.json(200, json(query, limit).toString());
  }

  /// Without a number to begin after, the newest come first; with one, what followed in order.
  private ObjectNode json(Params query, int limit) {
    var inOrder = query.first("after").isPresent();
    var events = inOrder ? watch.after(number(query, "after", 0), limit) : watch.latest(limit);
    var json = Json.MAPPER.createObjectNode();
    var items = json.putArray("items");
    events.forEach(event -> items.add(item(event)));
    if (inOrder && events.size() == limit) {
      json.put("next", events.getLast().number());
    } else {
      json.putNull("next");
    }
    return json;
  }

  /// Until the client leaves or may hear no more, or the server ends.
  private void follow(long from, BooleanSupplier still, Consumer<byte[]> sink) {
    sink.accept(bytes(": events of keys\n\n"));
    var told = tell(from, sink);
    try {
      while (!watch.isOver()) {
        watch.await(told, beat);
        if (!still.getAsBoolean()) {
          sink.accept(bytes(": access ended\n\n"));
          return;
        }
        var last = tell(told, sink);
        if (last == told) {
          sink.accept(bytes(": still here\n\n"));
        }
        told = last;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tells what came after this number, and gives the last number told.
  private long tell(long after, Consumer<byte[]> sink) {
    var last = after;
    for (var heard : watch.after(after, KeyWatch.MOST)) {
      var head = "id: %d\nevent: %s\ndata: ".formatted(heard.number(), heard.kind().word());
      sink.accept(bytes(head + item(heard) + "\n\n"));
      last = heard.number();
    }
    return last;
  }

  private static ObjectNode item(Heard heard) {
    var event = heard.event();
    var json = Json.MAPPER.createObjectNode();
    json.put("id", heard.number()).put("at", event.at().getEpochSecond());
    json.put("event", heard.kind().word());
    json.put("provider", event.provider()).put("key", event.keyId());
    json.put("model", heard.model()).put("reason", heard.reason());
    json.put("until", heard.until().map(at -> (Long) at.getEpochSecond()).orElse(null));
    json.put("fellows", heard.fellows());
    json.put("request", event.cause() instanceof Cause.Request(var id) ? id : "");
    return json;
  }

  private static long number(Params query, String name, long otherwise) {
    return query.first(name).map(text -> number(text, name)).orElse(otherwise);
  }

  private static long number(String text, String name) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw Refusal.invalid("'" + name + "' must be a whole number");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
