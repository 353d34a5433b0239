package io.onebalance.console.report;

import io.onebalance.console.json.Json;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import io.onebalance.provider.Catalogue;
import io.onebalance.server.Reply;
import io.onebalance.store.history.History;
import io.onebalance.store.history.sums.By;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.history.sums.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/usage`: sums over any time, told apart by one or two things.
public final class UsageApi {
  private static final int USUAL_LIMIT = 1_000;
  private static final int MOST = 10_000;

  private final History history;
  private final Supplier<Catalogue> catalogue;
  private final InstantSource clock;

  public UsageApi(History history, Supplier<Catalogue> catalogue, InstantSource clock) {
    this.history = history;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  public Reply answer(Ask ask) {
    var wish = Wish.of(ask, Set.of("by"));
    var csv = Wish.csv(ask, wish);
    try {
      var question = question(wish);
      var usage = history.usage(question);
      return csv ? csv(question, usage) : Answers.json(200, json(question, usage).toString());
    } catch (IllegalArgumentException untold) {
      throw Refusal.invalid(String.valueOf(untold.getMessage()));
    }
  }

  private Question question(Wish wish) {
    var to = wish.time("to", clock.instant());
    var by = by(wish.params().text("by"));
    var from = wish.time("from", to.minus(usual(by)));
    return new Question(from, to, wish.filter(catalogue.get()), by, wish.limit(USUAL_LIMIT, MOST));
  }

  /// How far back whoever does not say so looks: not beyond what is kept, nor further than anybody
  /// reads line by line.
  private static Duration usual(List<By> by) {
    return by.contains(By.MINUTE)
        ? Duration.ofHours(1)
        : by.contains(By.HOUR) ? Duration.ofDays(7) : Duration.ofDays(30);
  }

  private static List<By> by(String words) {
    return words.isEmpty()
        ? List.of()
        : Arrays.stream(words.split(",", -1)).map(UsageApi::word).toList();
  }

  private static By word(String word) {
    return By.ALL.stream()
        .filter(by -> by.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Refusal.invalid(
                "'by' must be one or two, with a comma, of: "
                    + Shown.list(By.ALL.stream().map(By::word).toList())));
  }

  private static ObjectNode json(Question question, Usage usage) {
    var json = Json.MAPPER.createObjectNode();
    json.put("from", usage.from().getEpochSecond()).put("to", usage.to().getEpochSecond());
    put(json.putObject("totals"), usage.totals());
    var items = json.putArray("items");
    for (var item : usage.items()) {
      var one = items.addObject();
      for (var i = 0; i < question.by().size(); i++) {
        put(one, question.by().get(i), item.values().get(i));
      }
      put(one, item.totals());
    }
    return json.put("more", usage.more());
  }

  private static void put(ObjectNode json, By by, String value) {
    if (by.span().isPresent()) {
      json.put(by.word(), Long.parseLong(value));
    } else {
      json.put(by.word(), value);
    }
  }

  private static void put(ObjectNode json, Totals totals) {
    TotalsView.of(totals).forEach(json::put);
  }

  private static Reply csv(Question question, Usage usage) {
    var text = new StringBuilder();
    var names = new ArrayList<Object>(question.by().stream().map(By::word).toList());
    names.addAll(TotalsView.of(usage.totals()).keySet());
    text.append(Csv.line(names));
    for (var item : items(question, usage)) {
      var cells = new ArrayList<Object>(item.values());
      cells.addAll(TotalsView.of(item.totals()).values());
      text.append(Csv.line(cells));
    }
    return new Reply.Whole(200, Csv.HEADERS, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Where nothing is told apart, the totals are the only line.
  private static List<Usage.Item> items(Question question, Usage usage) {
    return question.by().isEmpty()
        ? List.of(new Usage.Item(List.of(), usage.totals()))
        : usage.items();
  }
}
