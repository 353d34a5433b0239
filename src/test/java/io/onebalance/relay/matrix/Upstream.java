package io.onebalance.relay.matrix;

import io.onebalance.upstream.Reply;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A pretended provider: its keys, its own words, and when it fails whichever key asks.
final class Upstream {
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final List<String> JSON = List.of("content-type: application/json");
  private static final List<String> EVENTS = List.of("content-type: text/event-stream");
  private static final List<String> ODD =
      List.of("-1", "1e18", "NaN", "Wed, 21 Oct 2015 07:28:00 GMT", "99999999999999999999", "");
  private static final String ERROR =
      "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\"}}";
  private static final String LIMIT =
      "{\"error\":{\"message\":\"Slow down.\",\"type\":\"rate_limit_error\"}}";
  private static final String FORBIDDEN = "{\"error\":{\"message\":\"Forbidden\"}}";

  private final String slug;
  private final SplittableRandom chance;
  private final double faults;
  private final Map<String, List<Golden>> golden;
  private final List<PretendKey> keys = new ArrayList<>();
  private Instant fails = Instant.MAX;
  private Instant works = Instant.MAX;

  /// `faults` is which part of the attempts with good keys meets a fault.
  Upstream(String slug, Map<String, List<Golden>> golden, double faults, SplittableRandom chance) {
    this.slug = slug;
    this.golden = golden;
    this.faults = faults;
    this.chance = chance;
  }

  String slug() {
    return slug;
  }

  List<PretendKey> keys() {
    return keys;
  }

  void failsBetween(Instant from, Instant to) {
    fails = from;
    works = to;
  }

  boolean isOut(Instant now) {
    return !now.isBefore(fails) && now.isBefore(works);
  }

  /// How it meets an attempt.
  Shape meet(PretendKey key, PretendClient client, Instant now) {
    if (isOut(now)) {
      return outage();
    }
    return switch (key.nature()) {
      case DEAD -> own("dead", new Shape.Answers(Means.DEAD, 401, JSON, DEAD_KEY, 1, WHOLE));
      case DOUBTFUL -> forbidden();
      case POOR -> own("exhausted", Shape.Answers.whole(Means.EXHAUSTED, 402, JSON, ERROR));
      case GOOD, LIMITED -> client.isPoison() ? forbidden() : counted(key, now);
    };
  }

  private static final Shape.End WHOLE = Shape.End.WHOLE;
  private static final Buffer DEAD_KEY =
      Buffer.buffer(
          "{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}");

  private static Shape forbidden() {
    return Shape.Answers.whole(Means.DOUBTED, 403, JSON, FORBIDDEN);
  }

  private Shape counted(PretendKey key, Instant now) {
    var rest = key.take(now);
    if (rest.isPositive()) {
      var seconds = rest.plusMillis(999).toSeconds();
      return Shape.Answers.whole(Means.LIMITED, 429, limitedFor(Long.toString(seconds)), LIMIT);
    }
    var met = chance.nextDouble() < faults ? fault() : served();
    return key.nature() == PretendKey.Nature.LIMITED ? untold(met) : met;
  }

  /// Who keeps to limits of its own does not speak of others.
  private static Shape untold(Shape shape) {
    return shape instanceof Shape.Answers answer
        ? answer.with(answer.fields().stream().filter(it -> !it.contains("ratelimit")).toList())
        : shape;
  }

  private static List<String> limitedFor(String seconds) {
    return List.of(JSON.getFirst(), "retry-after: " + seconds);
  }

  private Shape outage() {
    return switch (chance.nextInt(4)) {
      case 0 -> new Shape.Fails(Means.FAULTED, new Reply.Unreachable("refused", false));
      case 1 -> new Shape.Fails(Means.UNANSWERED, new Reply.Broken("reset"));
      default -> broken();
    };
  }

  private Shape.Answers broken() {
    return own("overloaded", Shape.Answers.whole(Means.FAULTED, 503, JSON, ERROR));
  }

  private Shape.Answers served() {
    return own("served", Shape.Answers.whole(Means.SERVED, 200, JSON, "{\"choices\":[]}"));
  }

  private Shape fault() {
    return switch (FAULTS.get(chance.nextInt(FAULTS.size()))) {
      case REFUSED -> new Shape.Fails(Means.FAULTED, new Reply.Unreachable("refused", false));
      case BLACK_HOLE -> new Shape.Fails(Means.FAULTED, new Reply.Unreachable("timeout", true));
      case NO_NAME -> new Shape.Fails(Means.FAULTED, new Reply.Unreachable("no such name", false));
      case RESET_IN_HEAD -> new Shape.Fails(Means.UNANSWERED, new Reply.Broken("reset"));
      case GARBAGE -> new Shape.Fails(Means.UNANSWERED, new Reply.Broken("no HTTP"));
      case UNPROCESSED -> new Shape.Fails(Means.UNHEARD, new Reply.Unprocessed("GOAWAY"));
      case CROWDED -> new Shape.Fails(Means.CROWDED, new Reply.Crowded("too many"));
      case SILENT -> new Shape.Silence();
      case CUT -> served().cut(chance.nextDouble(), Shape.End.BROKEN);
      case STALLED -> served().cut(chance.nextDouble(), Shape.End.NOTHING);
      case DRIP -> served();
      case ERROR_IN_200 -> Shape.Answers.whole(Means.UNANSWERED, 200, JSON, ERROR);
      case EMPTY -> Shape.Answers.whole(Means.UNANSWERED, 200, EVENTS, "");
      case ERROR_FIRST ->
          Shape.Answers.whole(Means.UNANSWERED, 200, EVENTS, "data: " + ERROR + "\n\n");
      case REDIRECT ->
          Shape.Answers.whole(
              Means.MISTAKEN, 302, List.of("location: https://elsewhere.example/"), "");
      case LIMITED -> own("limited", Shape.Answers.whole(Means.LIMITED, 429, JSON, LIMIT));
      case ODD_RETRY_AFTER ->
          Shape.Answers.whole(
              Means.LIMITED, 429, limitedFor(ODD.get(chance.nextInt(ODD.size()))), LIMIT);
      case MISTAKEN -> own("mistaken", Shape.Answers.whole(Means.MISTAKEN, 400, JSON, ERROR));
      case BROKEN -> broken();
      case NO_ACCESS -> own("no", broken());
      case ASTRAY -> own("astray", broken());
    };
  }

  /// One of the provider's own answers of this meaning; where none is known, this one.
  private Shape.Answers own(String word, Shape.Answers otherwise) {
    var known = golden.getOrDefault(word, List.of());
    if (known.isEmpty()) {
      return otherwise;
    }
    var one = known.get(chance.nextInt(known.size()));
    return new Shape.Answers(Means.of(word), one.status(), one.fields(), one.body(), 1, WHOLE);
  }
}
