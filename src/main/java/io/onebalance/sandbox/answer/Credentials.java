package io.onebalance.sandbox.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The key that a request carries, looked for where its provider looks.
///
/// @param key empty when there is none
/// @param complaint set when the provider would refuse it for where it stands
public record Credentials(String key, Optional<Complaint> complaint) {
  public static Credentials in(Ask ask) {
    var found = ask.place().strict() ? ask.place().pretender().keys(ask) : anywhere(ask);
    return switch (found.size()) {
      case 0 -> refused(Complaint.Plain.NO_KEY);
      case 1 -> new Credentials(found.getFirst(), Optional.empty());
      default -> new Credentials(found.getFirst(), Optional.of(Complaint.Plain.TWO_KEYS));
    };
  }

  private static Credentials refused(Complaint complaint) {
    return new Credentials("", Optional.of(complaint));
  }

  private static List<String> anywhere(Ask ask) {
    var heard = ask.heard();
    var all =
        distinct(bearer(heard), heard.all("x-api-key"), heard.all("x-goog-api-key"), query(ask));
    return all.isEmpty() ? all : all.subList(0, 1);
  }

  /// The key in `?key=`.
  public static List<String> query(Ask ask) {
    var key = ask.query("key");
    return key.isEmpty() ? List.of() : List.of(key);
  }

  /// The keys in `Authorization: Bearer`.
  public static List<String> bearer(Heard heard) {
    return heard.all("authorization").stream()
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer "))
        .map(value -> value.substring("bearer ".length()).strip())
        .filter(key -> !key.isEmpty())
        .toList();
  }

  @SafeVarargs
  public static List<String> distinct(List<String>... places) {
    var all = new ArrayList<String>();
    for (var place : places) {
      place.stream().filter(key -> !all.contains(key)).forEach(all::add);
    }
    return all;
  }
}
