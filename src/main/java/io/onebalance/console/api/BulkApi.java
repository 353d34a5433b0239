package io.onebalance.console.api;

import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Reply;
import io.onebalance.store.Keyring;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// `POST /api/keys/bulk`: one action on many keys, named by id or chosen by a filter.
public final class BulkApi {
  private static final Set<String> FIELDS = Set.of("action", "ids", "filter", "reason", "model");
  private static final String ACTIONS = "delete, block, unblock, reset, test";

  private final Keyring keyring;
  private final Selections selections;
  private final Optional<TrialsApi> trials;

  public BulkApi(Keyring keyring, Selections selections, Optional<TrialsApi> trials) {
    this.keyring = keyring;
    this.selections = selections;
    this.trials = trials;
  }

  public Reply answer(Ask ask) {
    var fields = JsonRecord.of(Json.body(ask.visit()), FIELDS);
    var action =
        fields
            .text("action", Limits.WORD)
            .orElseThrow(() -> Refusal.invalid("the field 'action' is missing: " + ACTIONS));
    if (action.equals("test")) {
      return test(ask, fields);
    }
    if (fields.field("model").isPresent()) {
      throw Refusal.invalid("'model' goes with the action 'test' only");
    }
    var changed = act(action, fields, ask.actor());
    var json = Json.MAPPER.createObjectNode().put("action", action).put("changed", changed);
    return Answers.json(200, json.toString());
  }

  private int act(String action, JsonRecord fields, String actor) {
    var selection = selections.read(fields);
    if (!action.equals("block") && fields.field("reason").isPresent()) {
      throw Refusal.invalid("'reason' goes with the action 'block' only");
    }
    return switch (action) {
      case "delete" -> keyring.delete(selection, actor);
      case "block" -> keyring.block(selection, reason(fields), actor);
      case "unblock" -> keyring.unblock(selection, actor);
      case "reset" -> keyring.reset(selection, actor);
      // Clients send any text.
      default -> throw Refusal.invalid("'action' must be one of: " + ACTIONS);
    };
  }

  private Reply test(Ask ask, JsonRecord fields) {
    fields.field("reason").ifPresent(BulkApi::refuseReason);
    return trials
        .orElseThrow(() -> Refusal.notFound("this server cannot test keys"))
        .test(selections.read(fields), fields.textOr("model", Limits.WORD), ask.actor());
  }

  private static void refuseReason(JsonNode reason) {
    throw Refusal.invalid("'reason' goes with the action 'block' only");
  }

  private static String reason(JsonRecord fields) {
    return fields.text("reason", Limits.REMARK).filter(r -> !r.isEmpty()).orElse("by hand");
  }
}
