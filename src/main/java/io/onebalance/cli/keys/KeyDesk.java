package io.onebalance.cli.keys;

import io.onebalance.cli.shell.Printable;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looks after the keys of a server over its key API, and tells of it in tables. Each deed says
/// whether all of it was done.
public final class KeyDesk {
  private static final int PAGE = 1000;

  private final Remote server;
  private final PrintWriter out;
  private final PrintWriter err;

  public KeyDesk(Remote server, PrintWriter out, PrintWriter err) {
    this.server = server;
    this.out = out;
    this.err = err;
  }

  /// Shows those that match, masked, the newest first, and how many there are.
  public boolean list(Chosen chosen, int most) throws IOException {
    var table = new KeyTable();
    var total = 0L;
    var next = "";
    do {
      var limit = Math.min(PAGE, most - table.size());
      var page = get("/api/keys?limit=" + limit + and(chosen.query()) + cursor(next));
      page.path("keys").values().forEach(table::add);
      total = page.path("total").asLong();
      next = page.path("next").asString("");
    } while (!next.isEmpty() && table.size() < most);
    out.print(table.text());
    out.printf("%,d keys%s%n", total, total > table.size() ? "; more with --limit" : "");
    return true;
  }

  private JsonNode get(String path) throws IOException {
    return server.ask("GET", path, Optional.empty());
  }

  private static String and(String query) {
    return query.isEmpty() ? "" : "&" + query;
  }

  private static String cursor(String next) {
    return next.isEmpty() ? "" : "&cursor=" + encoded(next);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Adds the keys of a text to a provider, and names the lines that are none.
  public boolean add(String provider, String keys, String remark, String account)
      throws IOException {
    var json = JsonMapper.shared().createObjectNode();
    json.put("keys", keys).put("remark", remark).put("account", account);
    var done = server.ask("POST", "/api/keys/add/" + encoded(provider), Optional.of(json));
    var invalid = done.path("invalid");
    var table = new TextTable(1);
    table.add(List.of("PROVIDER", "ADDED", "DUPLICATES", "INVALID"));
    table.add(
        List.of(
            provider,
            done.path("added").asString(),
            done.path("duplicates").asString(),
            Integer.toString(invalid.size())));
    out.print(table.text());
    invalid
        .values()
        .forEach(one ->
            err.println("line " + one.path("line").asInt() + ": " + one.path("why").asString()));
    return invalid.isEmpty();
  }

  /// Deletes, blocks, unblocks or resets.
  public boolean change(String action, Chosen chosen, Optional<String> reason) throws IOException {
    var json = chosen.json().put("action", action);
    reason.ifPresent(why -> json.put("reason", why));
    var done = server.ask("POST", "/api/keys/bulk", Optional.of(json));
    var changed = done.path("changed").asLong();
    out.printf("%s: %,d keys%n", action, changed);
    return areAll(chosen, changed);
  }

  /// Whether so many are all that were named; else it is told.
  private boolean areAll(Chosen chosen, long found) {
    var missing = chosen.ids().stream().distinct().count() - found;
    if (missing > 0) {
      err.printf("%,d of the ids are no key's%n", missing);
    }
    return missing <= 0;
  }

  /// Asks the provider with each, and tells each result as it comes.
  public boolean test(Chosen chosen, Optional<String> model) throws IOException {
    var json = chosen.json();
    model.ifPresent(name -> json.put("model", name));
    var tested = new AtomicLong();
    var failed = new AtomicLong();
    server.lines(
        "/api/keys/test",
        json,
        line -> {
          tell(line);
          tested.addAndGet(line.path("tested").asLong(0)); // only the last line has sums
          failed.addAndGet(line.path("failed").asLong(0));
        });
    var areAll = areAll(chosen, tested.get());
    return areAll && failed.get() == 0;
  }

  private void tell(JsonNode line) {
    if (line.path("done").asBoolean(false)) {
      out.printf(
          "%,d tested, %,d passed, %,d failed%n",
          line.path("tested").asLong(), line.path("passed").asLong(), line.path("failed").asLong());
      return;
    }
    out.printf(
        "%s  %,6d ms  %s%n",
        line.path("id").asString(),
        line.path("took_ms").asLong(),
        Printable.of(line.path("detail").asString()));
    out.flush();
  }

  /// Writes all that is known of them, one line of JSON each.
  public boolean export(Chosen chosen, boolean reveal) throws IOException {
    server.lines("/api/keys/export", chosen.json().put("reveal", reveal), out::println);
    return true;
  }
}
