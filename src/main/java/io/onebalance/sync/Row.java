package io.onebalance.sync;

import io.onebalance.secret.Secret;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A key as tables tell of it: values by the names of columns, in any of the words that are used
/// for them. A value that is absent or empty is not known.
public record Row(Map<String, String> values) {
  private static final List<String> KEY = List.of("key", "key_value", "api_key", "token", "secret");
  private static final List<String> PROVIDER = List.of("provider", "channel", "type", "service");
  private static final List<String> REMARK =
      List.of("remark", "notes", "note", "comment", "label", "name");
  private static final int HEAVIEST = 100;

  public Row {
    var lower = new HashMap<String, String>();
    values.forEach((name, value) -> lower.put(name.strip().toLowerCase(Locale.ROOT), value));
    values = Map.copyOf(lower);
  }

  /// The words for a key's own column, by which a table of keys is known.
  public static boolean namesKey(String column) {
    return KEY.contains(column.strip().toLowerCase(Locale.ROOT));
  }

  /// Of a JSON object: texts as they are, all else as JSON.
  public static Row of(JsonNode object) {
    var values = new HashMap<String, String>();
    for (var one : object.properties()) {
      var value = one.getValue();
      if (!value.isNull()) {
        values.put(one.getKey(), value.isString() ? value.stringValue() : value.toString());
      }
    }
    return new Row(values);
  }

  /// What it tells; without a provider of its own it belongs to `provider`. Empty where it has no
  /// key or no provider.
  public Optional<Carried> carried(Optional<String> provider) {
    var key = first(KEY).strip();
    var owner =
        Optional.of(first(PROVIDER).strip()).filter(name -> !name.isEmpty()).or(() -> provider);
    return key.isEmpty() ? Optional.empty() : owner.map(name -> carried(name, key));
  }

  private Carried carried(String provider, String key) {
    return new Carried(
        provider,
        new Secret(key),
        line(first(REMARK)),
        line(value("account")),
        (int) Math.min(HEAVIEST, number("weight")),
        blocked(),
        rests(),
        number("total_cooling_seconds"),
        time("created_at"));
  }

  /// Whatever is neither said to be in use nor to rest is out of use; where nothing is said, it is
  /// in use.
  private Optional<String> blocked() {
    return switch (value("status").toLowerCase(Locale.ROOT)) {
      case "", "active", "cooling", "set_aside", "enabled", "valid" -> Optional.empty();
      // Each program has its own words.
      default -> {
        var reason = line(value("reason"));
        yield Optional.of(reason.isEmpty() ? "blocked where it came from" : reason);
      }
    };
  }

  private Map<String, Carried.Rest> rests() {
    var rests = new HashMap<String, Carried.Rest>();
    for (var column : List.of("coolings", "model_coolings")) {
      json(value(column))
          .properties()
          .forEach(one -> rests.put(one.getKey(), rest(one.getValue())));
    }
    rests.values().removeIf(rest -> rest.until() <= 0);
    return rests;
  }

  private static Carried.Rest rest(JsonNode node) {
    var until =
        node.isNumber() ? node : node.has("until") ? node.path("until") : node.path("end_at");
    return new Carried.Rest(
        Math.max(0, until.asLong(0)),
        Math.max(0, node.path("total_seconds").asLong(0)),
        node.path("reason").asString(""));
  }

  private static JsonNode json(String text) {
    try {
      return text.isBlank()
          ? JsonMapper.shared().createObjectNode()
          : JsonMapper.shared().readTree(text);
    } catch (JacksonException notJson) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private String first(List<String> columns) {
    return columns.stream().map(this::value).filter(v -> !v.isBlank()).findFirst().orElse("");
  }

  private String value(String column) {
    return values.getOrDefault(column, "");
  }

  /// In Unix seconds; some write a date (RFC 3339).
  private long time(String column) {
    try {
      return value(column).contains("T")
          ? Math.max(0, OffsetDateTime.parse(value(column).strip()).toEpochSecond())
          : number(column);
    } catch (DateTimeParseException unknown) {
      return 0;
    }
  }

  private long number(String column) {
    try {
      return Math.max(0, Long.parseLong(value(column).strip()));
    } catch (NumberFormatException unknown) {
      return 0;
    }
  }

  /// Of one line, as remarks are.
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
