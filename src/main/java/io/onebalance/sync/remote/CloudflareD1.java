package io.onebalance.sync.remote;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Merge;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The database of one-balance or thebalance on Cloudflare, by D1's HTTP API. Both have a table
/// `keys`, but not the same columns; those it has are written.
public final class CloudflareD1 implements Place {
  /// Where the API is.
  public static final String API = "https://api.cloudflare.com/client/v4";

  /// Rows of one answer.
  private static final int PAGE = 1000;

  /// D1 takes no more values with one statement.
  private static final int MOST_VALUES = 100;

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "key",
          "provider",
          "model_coolings",
          "total_cooling_seconds",
          "status",
          "remark",
          "created_at",
          "updated_at");
  private static final List<String> LEARNT =
      List.of("model_coolings", "total_cooling_seconds", "status", "remark", "updated_at");

  /// Where a database is: an account's, by its name or its id.
  public record At(String api, String account, String database) {}

  private final Http http;
  private final String account;
  private final String database;
  private final Names names;
  private final InstantSource clock;
  private Optional<String> path = Optional.empty();
  private List<String> columns = List.of();
  private Optional<There> there = Optional.empty();

  /// What is there: keys by the providers' names of here, each with its row's own, and what the
  /// providers are called there, by their names of here.
  private record There(Map<String, Carried> keys, Map<String, String> providers) {
    /// A key that is new there is called as its neighbours are.
    Carried fresh(Carried key) {
      return key.of(providers.getOrDefault(key.provider(), key.provider()));
    }
  }

  /// The token may read and write D1.
  public CloudflareD1(At at, Secret token, Names names, InstantSource clock) {
    this.http = Http.bearer(at.api(), token);
    this.account = at.account();
    this.database = at.database();
    this.names = names;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "D1 database " + database;
  }

  @Override
  public Reading read() throws IOException {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    var last = "";
    var found = rows(last);
    while (!found.isEmpty()) {
      for (var row : found) {
        Row.of(row)
            .carried(Optional.empty())
            .ifPresentOrElse(
                keys::add,
                () -> flaws.add("row " + row.path("id").asString("") + " has no key or provider"));
      }
      last = found.getLast().path("id").asString("");
      found = rows(last);
    }
    return new Reading(keys, flaws);
  }

  private List<JsonNode> rows(String after) throws IOException {
    var values = JsonMapper.shared().createArrayNode().add(after);
    var sql = "SELECT * FROM keys WHERE id > ?1 ORDER BY id LIMIT " + PAGE;
    return List.copyOf(ask(sql, values).path("results").values());
  }

  private JsonNode ask(String sql, ArrayNode values) throws IOException {
    var body = JsonMapper.shared().createObjectNode().put("sql", sql);
    body.set("params", values);
    var answer = http.post(path() + "/query", body);
    if (!answer.path("success").asBoolean(false)) {
      throw new Refusal(
          "D1 refused: " + answer.path("errors").path(0).path("message").asString(""));
    }
    return answer.path("result").path(0);
  }

  /// A database is named in paths by its id.
  private String path() throws IOException {
    if (path.isEmpty()) {
      path = Optional.of("/accounts/" + account + "/d1/database/" + id());
    }
    return path.get();
  }

  private String id() throws IOException {
    if (database.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      return database;
    }
    var name = URLEncoder.encode(database, StandardCharsets.UTF_8);
    for (var one : http.get("/accounts/" + account + "/d1/database?name=" + name).path("result")) {
      if (one.path("name").asString("").equals(database)) {
        return one.path("uuid").asString();
      }
    }
    throw new Refusal("the account has no D1 database named '" + database + "'");
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws IOException {
    var known = known();
    var columns = columns();
    var now = clock.instant();
    var fates = new ArrayList<Fate>();
    var written = new LinkedHashMap<String, Carried>();
    for (var one : keys) {
      var key = held(one, columns);
      var here = known.keys().get(key.identity());
      var merge = here == null ? Optional.<Merge>empty() : Optional.of(Merge.of(here, key, now));
      var fate = merge.map(Merge::fate).orElseGet(Fate.Added::new);
      fates.add(fate);
      if (!(fate instanceof Fate.Same)) {
        written.put(key.identity(), merge.map(Merge::merged).orElseGet(() -> known.fresh(key)));
      }
    }
    if (!dry) {
      write(List.copyOf(written.values()), columns);
      known.keys().putAll(written);
    }
    return fates;
  }

  /// What is there is read once; who writes there meanwhile is not undone, for a row is written by
  /// its key.
  private There known() throws IOException {
    if (there.isEmpty()) {
      var known = new There(new HashMap<>(), new HashMap<>());
      for (var key : read().keys()) {
        var named = key.of(names.there(key.provider()));
        known.keys().putIfAbsent(named.identity(), key);
        known.providers().putIfAbsent(named.provider(), key.provider());
      }
      there = Optional.of(known);
    }
    return there.get();
  }

  /// What of it has a column. That the rest is not there is no news.
  private static Carried held(Carried key, List<String> columns) {
    return new Carried(
        key.provider(),
        key.key(),
        columns.contains("remark") ? key.remark() : "",
        "",
        0,
        key.blocked(),
        key.rests(),
        key.totalRest(),
        key.createdAt());
  }

  private void write(List<Carried> keys, List<String> columns) throws IOException {
    var rows = Math.max(1, MOST_VALUES / columns.size());
    for (var from = 0; from < keys.size(); from += rows) {
      var piece = keys.subList(from, Math.min(keys.size(), from + rows));
      var values = JsonMapper.shared().createArrayNode();
      piece.forEach(key -> columns.forEach(column -> put(values, column, key)));
      ask(upsert(columns, piece.size()), values);
    }
  }

  private List<String> columns() throws IOException {
    if (!columns.isEmpty()) {
      return columns;
    }
    var found = ask("PRAGMA table_info(keys)", JsonMapper.shared().createArrayNode());
    var there =
        found.path("results").values().stream()
            .map(column -> column.path("name").asString(""))
            .collect(Collectors.toSet());
    columns = COLUMNS.stream().filter(there::contains).toList();
    if (!columns.contains("key")) {
      throw new Refusal(name() + " has no table keys");
    }
    return columns;
  }

  private static String upsert(List<String> columns, int rows) {
    var places = "(" + String.join(", ", columns.stream().map(_ -> "?").toList()) + ")";
    var learnt =
        LEARNT.stream()
            .filter(columns::contains)
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    return "INSERT INTO keys (%s) VALUES %s ON CONFLICT (provider, key) DO UPDATE SET %s"
        .formatted(
            String.join(", ", columns),
            String.join(", ", java.util.Collections.nCopies(rows, places)),
            learnt);
  }

  private void put(ArrayNode values, String column, Carried key) {
    var now = clock.instant().getEpochSecond();
    switch (column) {
      case "id" -> values.add(UUID.randomUUID().toString());
      case "key" -> values.add(key.key().reveal());
      case "provider" -> values.add(key.provider());
      case "model_coolings" -> values.add(rests(key));
      case "total_cooling_seconds" -> values.add(key.totalRest());
      case "status" -> values.add(key.blocked().isPresent() ? "blocked" : "active");
      case "remark" -> values.add(key.remark());
      case "created_at" -> values.add(key.createdAt() > 0 ? key.createdAt() : now);
      case "updated_at" -> values.add(now);
      // Only the columns above are ever asked for.
      default -> throw new IllegalArgumentException(column);
    }
  }

  /// As both seeds write them.
  private static String rests(Carried key) {
    var json = JsonMapper.shared().createObjectNode();
    key.rests()
        .forEach((model, rest) ->
            json.putObject(model).put("total_seconds", rest.total()).put("end_at", rest.until()));
    return json.toString();
  }
}
