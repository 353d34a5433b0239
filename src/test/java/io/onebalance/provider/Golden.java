package io.onebalance.provider;

import static java.util.stream.Collectors.joining;

import io.onebalance.http.Fields;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One answer of a provider as it comes over the wire, and in the lines above it what it means: a
/// line that begins with `# →` for the verdict, and one with `# left` for each limit that its
/// fields tell.
record Golden(
    String provider, String name, boolean viaGateway, List<String> expected, Answer answer) {
  static final Path ROOM = Path.of("src/test/resources/provider/golden");
  static final Instant NOW = Vector.NOW;

  /// All answers by provider, in the order of their names.
  static Map<String, List<Golden>> byProvider() {
    var found = new TreeMap<String, List<Golden>>();
    for (var folder : list(ROOM)) {
      var slug = folder.getFileName().toString();
      found.put(slug, list(folder).stream().map(file -> read(slug, file)).toList());
    }
    return found;
  }

  /// What the program makes of this answer, in the words of the fixture.
  List<String> meaning(Provider provider) {
    var lines = new ArrayList<String>();
    lines.add("# → " + sentence(verdict(provider)));
    for (var left : provider.allowances(answer.headers(), NOW)) {
      lines.add("# left " + sentence(left));
    }
    return lines;
  }

  Verdict verdict(Provider provider) {
    var verdict = provider.judge(answer, NOW);
    if (!(verdict instanceof Verdict.Served)) {
      return verdict;
    }
    var type = answer.headers().first("content-type");
    var opening =
        new Opening(answer.status(), type == null ? "" : type, answer.body(), true, viaGateway);
    return provider.judgeOpening(opening, NOW).orElse(verdict);
  }

  /// What the name says that the answer is: the first word of it.
  String kind() {
    return name.startsWith("no-access") ? "no-access" : name.split("-", 2)[0];
  }

  @Override
  public String toString() {
    return provider + "/" + name;
  }

  /// Whose doing it was, who rests, and for how long.
  private static String sentence(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Served() -> "served";
      case Verdict.Mistaken _ -> "mistaken: the request";
      case Verdict.Dead(var reason) -> "dead: this key, " + reason;
      case Verdict.Doubted _ -> "doubted: this key, or the request";
      case Verdict.NoAccess(_, var rest) -> "no access: this key for this model" + again(rest);
      case Verdict.Unpermitted _ -> "unpermitted: this key for this request";
      case Verdict.Limited(var window, var rest, var quota) ->
          "limited: " + whose(window) + quota.map(Golden::named).orElse("") + again(rest);
      case Verdict.Exhausted(_, var rest) -> "exhausted: this key and its account" + again(rest);
      case Verdict.Overloaded(_, var rest) -> "overloaded: the provider" + again(rest);
      case Verdict.Faulted _ -> "faulted: the endpoint";
      case Verdict.Astray _ -> "astray: the way there";
    };
  }

  private static String whose(Verdict.Window window) {
    return switch (window) {
      case UNKNOWN -> "this key for this model";
      case MINUTE -> "this key for this model, by the minute";
      case DAY -> "this key and its account for this model, by the day";
      case MONTH -> "this key and its account for this model, by the month";
    };
  }

  private static String named(Verdict.Quota quota) {
    return ", " + quota.id() + quota.value().map(value -> " of " + value).orElse("");
  }

  private static String again(Optional<Duration> rest) {
    return rest.map(Golden::again).orElse("");
  }

  private static String again(Duration rest) {
    return ", again in " + written(rest);
  }

  private static String written(Duration rest) {
    return rest.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String sentence(Allowance left) {
    var window =
        left.window() == Verdict.Window.UNKNOWN
            ? ""
            : "/" + left.window().name().toLowerCase(Locale.ROOT);
    var of = left.limit() == Allowance.UNTOLD ? "" : " of " + left.limit();
    return left.kind().word()
        + window
        + ": "
        + left.remaining()
        + of
        + left.reset().map(at -> ", full in " + written(Duration.between(NOW, at))).orElse("");
  }

  private static Golden read(String provider, Path file) {
    var text = text(file);
    var lines = new ArrayList<>(text.lines().toList());
    var comments = lines.stream().takeWhile(line -> line.startsWith("#")).toList();
    lines.subList(0, comments.size()).clear();
    var end = lines.indexOf("");
    var status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    var body = lines.stream().skip(end + 1).collect(joining("\n", "", "\n"));
    var viaGateway = comments.contains("# via gateway");
    return new Golden(
        provider,
        file.getFileName().toString().replace(".http", ""),
        viaGateway,
        comments.stream().filter(c -> c.startsWith("# →") || c.startsWith("# left")).toList(),
        new Answer(
            status,
            fields(lines.subList(1, end)),
            body.getBytes(StandardCharsets.UTF_8),
            viaGateway));
  }

  private static Fields fields(List<String> lines) {
    var values = new HashMap<String, String>();
    for (var line : lines) {
      var colon = line.indexOf(": ");
      values.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    return name -> values.get(name.toLowerCase(Locale.ROOT));
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
