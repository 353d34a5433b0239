package io.onebalance.console.api;

import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.json.Lines;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// `POST /api/keys/bulk`: one action on many keys, named by id or chosen by a filter. All of them
/// at once; for those who accept lines of JSON a portion at a time, so that they see it go on.
public final class BulkApi {
  private static final Set<String> FIELDS = Set.of("action", "ids", "filter", "reason", "model");
  private static final String ACTIONS = "delete, block, unblock, reset, test";

  private final Keyring keyring;
  private final Selections selections;
  private final Portions portions;
  private final Optional<TrialsApi> trials;

  public BulkApi(Keyring keyring, Selections selections, Optional<TrialsApi> trials) {
    this.keyring = keyring;
    this.selections = selections;
    this.portions = new Portions(keyring);
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
    var act = act(action, fields, ask.actor());
    var selection = selections.read(fields);
    return watches(ask) ? watched(action, selection, act) : whole(action, act.on(selection));
  }

  /// What is done to keys; tells to how many.
  private interface Act {
    int on(Selection selection);
  }

  private Act act(String action, JsonRecord fields, String actor) {
    if (!action.equals("block") && fields.field("reason").isPresent()) {
      throw Refusal.invalid("'reason' goes with the action 'block' only");
    }
    return switch (action) {
      case "delete" -> keys -> keyring.delete(keys, actor);
      case "block" -> {
        var reason = reason(fields);
        yield keys -> keyring.block(keys, reason, actor);
      }
      case "unblock" -> keys -> keyring.unblock(keys, actor);
      case "reset" -> keys -> keyring.reset(keys, actor);
      // Clients send any text.
      default -> throw Refusal.invalid("'action' must be one of: " + ACTIONS);
    };
  }

  private static Reply whole(String action, int changed) {
    var json = Json.MAPPER.createObjectNode().put("action", action).put("changed", changed);
    return Answers.json(200, json.toString());
  }

  private static boolean watches(Ask ask) {
    var accept = ask.visit().headers().first("accept");
    return accept != null && accept.contains(Lines.TYPE);
  }

  /// The same a portion at a time, and a line after each.
  private Reply watched(String action, Selection selection, Act act) {
    return Lines.reply(lines -> {
      var changed = new AtomicInteger();
      var of = portions.count(selection);
      portions.ids(
          selection,
          ids -> {
            changed.addAndGet(act.on(new Selection.Ids(ids)));
            lines.accept(
                Json.MAPPER.createObjectNode().put("changed", changed.get()).put("of", of));
          });
      lines.accept(
          Json.MAPPER
              .createObjectNode()
              .put("done", true)
              .put("action", action)
              .put("changed", changed.get()));
    });
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
