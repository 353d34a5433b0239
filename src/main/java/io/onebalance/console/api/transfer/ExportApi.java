package io.onebalance.console.api.transfer;

import io.onebalance.console.api.KeyJson;
import io.onebalance.console.api.Portions;
import io.onebalance.console.api.Selections;
import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Caller;
import io.onebalance.console.web.Refusal;
import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Held;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// `POST /api/keys/export`: all keys, or those selected, one line of JSON each, in the shape that
/// an import takes. Their texts are shown only where that is asked for; that is noted in the audit
/// log before the first byte, needs a gateway key with the request itself, and is not to be had
/// often.
public final class ExportApi {
  private static final Set<String> FIELDS = Set.of("ids", "filter", "reveal");

  private final Keyring keyring;
  private final Selections selections;
  private final Portions portions;
  private final InstantSource clock;
  private final Sparing reveals = new Sparing(10, Duration.ofMinutes(1));

  public ExportApi(Keyring keyring, Selections selections, InstantSource clock) {
    this.keyring = keyring;
    this.selections = selections;
    this.portions = new Portions(keyring);
    this.clock = clock;
  }

  public Reply answer(Ask ask) {
    var fields = JsonRecord.of(Json.body(ask.visit()), FIELDS);
    var selection = selections.readOrAll(fields);
    var reveal = fields.flag("reveal").orElse(false);
    if (reveal) {
      refuseUnlessByKey(ask.caller());
      if (!reveals.allows(clock.instant())) {
        throw new Refusal(429, "rate_limited", "keys were revealed 10 times within a minute");
      }
    }
    return new Reply.Streamed(
        200,
        List.of(new Header("content-type", "application/x-ndjson")),
        sink -> portions.each(selection, keys -> write(keys, reveal, ask.actor(), sink)));
  }

  /// A gateway key in the request is a sign-in of this very moment; a session may be hours old.
  private static void refuseUnlessByKey(Caller caller) {
    if (!(caller instanceof Caller.Script)) {
      throw Refusal.forbidden("To reveal keys, send an unrestricted gateway key with the request.");
    }
  }

  private void write(List<Held> keys, boolean reveal, String actor, Consumer<byte[]> sink) {
    if (reveal && !keys.isEmpty()) {
      keyring.revealing(keys, actor);
    }
    var now = clock.instant();
    var lines = new StringBuilder();
    for (var held : keys) {
      var json = KeyJson.of(held, now);
      if (reveal) {
        json.put("key", held.key().secret().reveal());
      }
      lines.append(json).append('\n');
    }
    sink.accept(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
