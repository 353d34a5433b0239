package io.onebalance.console.pages.keys;

import io.onebalance.console.api.Portions;
import io.onebalance.console.json.Json;
import io.onebalance.console.pages.ConfirmPage.Button;
import io.onebalance.console.pages.ConfirmPage.Sent;
import io.onebalance.console.pages.FreshSignIn;
import io.onebalance.console.pages.FreshSignIn.Wanted;
import io.onebalance.console.pages.keys.view.KeyRow;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.report.Csv;
import io.onebalance.console.session.Quota;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.http.Header;
import io.onebalance.key.ApiKey;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keys in full: one on its page, or many in a file. Only after a fresh sign-in, not too often, and
/// never without a line in the audit log (S22).
public final class KeyShowing {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final List<Header> JSON_FILE =
      List.of(
          new Header("content-type", "application/json"),
          new Header("content-disposition", "attachment; filename=keys.json"));

  private final KeyRooms rooms;
  private final FreshSignIn fresh;
  private final Quota reveals = new Quota(60, WINDOW);
  private final Quota exports = new Quota(10, WINDOW);

  public KeyShowing(KeyRooms rooms, FreshSignIn fresh) {
    this.rooms = rooms;
    this.fresh = fresh;
  }

  /// Either the question for the gateway key, or the key.
  record Shown(Optional<Reply> question, String key) {}

  Shown reveal(Ask ask, Params form, Words words, KeyRow row) {
    var label = words.of("key.reveal");
    var sent = new Sent(new Button(label, "reveal", false), List.of(), true);
    var question = fresh.question(ask, form, new Wanted(label, row.href(), sent, row.href()));
    if (question.isPresent()) {
      return new Shown(question, "");
    }
    allow(reveals, ask, words);
    var keys = rooms.keyring().reveal(new Selection.Ids(List.of(row.id())), "reveal", ask.actor());
    return new Shown(Optional.empty(), keys.isEmpty() ? "" : keys.getFirst().secret().reveal());
  }

  Reply export(Ask ask, Params form, Words words, Picked picked) {
    var action = form.text("action");
    var label = words.of("keys." + action);
    var href = picked.view().href();
    var sent = new Sent(new Button(label, action, false), picked.fields(), true);
    var question = fresh.question(ask, form, new Wanted(label, href, sent, href));
    if (question.isPresent()) {
      return question.get();
    }
    allow(exports, ask, words);
    var keys = new Revealed(rooms.keyring(), picked.selection(), ask.actor());
    return action.equals("export-csv")
        ? new Reply.Streamed(200, Csv.HEADERS, sink -> csv(keys, sink))
        : new Reply.Streamed(200, JSON_FILE, sink -> json(keys, sink));
  }

  /// The keys of an export, a portion at a time, each noted before it is shown.
  private record Revealed(Keyring keyring, Selection selection, String actor) {
    void each(Consumer<ApiKey> shown) {
      new Portions(keyring)
          .ids(
              selection,
              ids -> keyring.reveal(new Selection.Ids(ids), "export", actor).forEach(shown));
    }
  }

  private void allow(Quota quota, Ask ask, Words words) {
    if (!quota.take(ask.actor(), rooms.clock().instant())) {
      throw new Refusal(429, "rate_limited", words.of("fresh.throttled"));
    }
  }

  private static void csv(Revealed keys, Consumer<byte[]> sink) {
    sink.accept(bytes(Csv.line(List.of("provider", "key", "remark", "account", "weight"))));
    keys.each(key -> {
      var text = key.secret().reveal();
      sink.accept(
          bytes(
              Csv.line(List.of(key.provider(), text, key.remark(), key.account(), key.weight()))));
    });
  }

  /// What `POST /api/keys/add/{provider}` takes again.
  private static void json(Revealed keys, Consumer<byte[]> sink) {
    var before = new StringBuilder("[\n");
    keys.each(key -> {
      var json =
          Json.MAPPER
              .createObjectNode()
              .put("key", key.secret().reveal())
              .put("remark", key.remark())
              .put("account", key.account());
      sink.accept(bytes(before.toString() + json));
      before.replace(0, before.length(), ",\n");
    });
    sink.accept(bytes(before.charAt(0) == '[' ? "[]\n" : "\n]\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
