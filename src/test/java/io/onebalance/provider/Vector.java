package io.onebalance.provider;

import io.onebalance.http.Fields;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One error answer of a fixture file and the verdict that is expected, as a short text.
public record Vector(
    String name, int status, String expected, String path, Fields headers, String body) {
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  static List<Vector> read(String file) {
    var found = new ArrayList<Vector>();
    for (var block : text(file).split("(?m)^## ", -1)) {
      var lines = new ArrayList<>(block.lines().toList());
      if (!lines.isEmpty()
          && lines.getFirst().contains(" | ")
          && !lines.getFirst().startsWith("#")) {
        found.add(vector(lines));
      }
    }
    return found;
  }

  Answer answer(boolean viaGateway) {
    return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8), viaGateway, path);
  }

  /// What a verdict says that decides anything; reasons in prose are left out but for the dead.
  static String brief(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Served() -> "Served";
      case Verdict.Mistaken _ -> "Mistaken";
      case Verdict.Dead(var reason) -> "Dead " + reason;
      case Verdict.Doubted _ -> "Doubted";
      case Verdict.NoAccess(_, var rest) -> "NoAccess " + rest;
      case Verdict.Unpermitted _ -> "Unpermitted";
      case Verdict.Limited(var window, var rest, var quota) ->
          ("Limited " + window + rest(rest) + quota.map(Vector::quota).orElse(""));
      case Verdict.Exhausted(_, var rest) -> "Exhausted " + rest;
      case Verdict.Overloaded(_, var rest) -> "Overloaded" + rest(rest);
      case Verdict.Faulted _ -> "Faulted";
      case Verdict.Astray _ -> "Astray";
    };
  }

  @Override
  public String toString() {
    return name;
  }

  private static String rest(Optional<Duration> rest) {
    return rest.map(r -> " " + r).orElse("");
  }

  private static String quota(Verdict.Quota quota) {
    return " " + quota.id() + quota.value().map(v -> "=" + v).orElse("");
  }

  private static Vector vector(List<String> lines) {
    var head = lines.getFirst().split(" \\| ", -1);
    var headers = new HashMap<String, String>();
    var at = 1;
    while (at < lines.size() && lines.get(at).startsWith("> ")) {
      var field = lines.get(at++).substring(2).split(": ", 2);
      headers.put(field[0], field[1]);
    }
    var body = String.join("\n", lines.subList(at, lines.size())).strip();
    var path = head.length > 3 ? head[3].strip() : "";
    return new Vector(
        head[0], Integer.parseInt(head[1].strip()), head[2].strip(), path, fields(headers), body);
  }

  private static Fields fields(Map<String, String> headers) {
    return name -> headers.get(name.toLowerCase(Locale.ROOT));
  }

  private static String text(String file) {
    try (InputStream in =
        Objects.requireNonNull(Vector.class.getResourceAsStream("/provider/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
