package io.onebalance.console.api;

import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.json.Lines;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Live tests and the cleanup. A test answers one line of JSON a key as the results come, and a
/// last line with the sums.
public final class TrialsApi {
  private static final Set<String> TEST = Set.of("ids", "filter", "model");

  private final Trials trials;
  private final Selections selections;
  private final ProviderNames providers;

  public TrialsApi(Trials trials, Selections selections, ProviderNames providers) {
    this.trials = trials;
    this.selections = selections;
    this.providers = providers;
  }

  /// `POST /api/keys/test`
  public Reply test(Ask ask) {
    var fields = JsonRecord.of(Json.body(ask.visit()), TEST);
    return test(selections.read(fields), fields.textOr("model", Limits.WORD), ask.actor());
  }

  /// `POST /test/run-cleanup/{provider}`
  public Reply cleanup(Ask ask) {
    var cleaned = trials.cleanup(providers.known(ask.place("provider")), ask.actor());
    var json =
        Json.MAPPER
            .createObjectNode()
            .put("checked", cleaned.checked())
            .put("deleted", cleaned.deleted())
            .put("blocked", cleaned.blocked())
            .put("recovered", cleaned.recovered());
    return Answers.json(200, json.toString());
  }

  Reply test(Selection selection, String model, String actor) {
    return Lines.reply(lines -> {
      var sums = new Sums();
      trials.test(selection, model, actor, tried -> lines.accept(sums.count(tried)));
      lines.accept(sums.json());
    });
  }

  /// Counts results as they come, told by one thread at a time.
  private static final class Sums {
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int passed;
    private int failed;

    ObjectNode count(Trials.Tried tried) {
      passed += tried.passed() ? 1 : 0;
      failed += tried.passed() ? 0 : 1;
      outcomes.merge(tried.outcome(), 1, Integer::sum);
      return Json.MAPPER
          .createObjectNode()
          .put("id", tried.keyId())
          .put("passed", tried.passed())
          .put("outcome", tried.outcome())
          .put("detail", tried.detail())
          .put("took_ms", tried.took().toMillis());
    }

    ObjectNode json() {
      var json =
          Json.MAPPER
              .createObjectNode()
              .put("done", true)
              .put("tested", passed + failed)
              .put("passed", passed)
              .put("failed", failed);
      outcomes.forEach(json.putObject("outcomes")::put);
      return json;
    }
  }
}
