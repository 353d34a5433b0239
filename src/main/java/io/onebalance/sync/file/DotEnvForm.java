package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Environment files: `OPENAI_API_KEY=sk-…`, `GEMINI_API_KEYS=a,b`, `GROQ_API_KEY_2=…`. The
/// provider is what stands before `_API_KEY`, by any of its names; other lines say nothing of keys
/// and stay as they are. Only keys in use are written.
final class DotEnvForm implements Form {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?:export\\s+)?(([A-Z][A-Z0-9_]*?)_(?:API_)?(?:KEY|TOKEN)S?(?:_?[0-9]+)?)\\s*=\\s*(.*)");
  private static final Pattern CERTAIN = Pattern.compile(".*_API_KEYS?(?:_?[0-9]+)?");
  private static final Pattern REMARK = Pattern.compile("(?:^|\\s+)#.*");

  /// A line that sets what may be a key of `provider`: its variable, and where in it the value
  /// stands.
  private record Line(String text, String variable, String provider, int from, int to) {
    String value() {
      return text.substring(from, to);
    }

    /// Whether keys may be added to it.
    boolean isList() {
      return variable.endsWith("S") && !value().startsWith("{");
    }

    String and(List<String> keys) {
      var more = (value().isBlank() ? "" : ",") + String.join(",", keys);
      var rest = text.substring(to);
      return text.substring(0, to) + more + (rest.startsWith("#") ? " " : "") + rest;
    }
  }

  private final Names names;

  DotEnvForm(Names names) {
    this.names = names;
  }

  @Override
  public Reading read(String text, Optional<String> provider) {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    var number = 0;
    for (var one : text.lines().toList()) {
      var place = "line " + ++number;
      line(one)
          .filter(line -> !line.value().isBlank())
          .ifPresent(line -> {
            if (names.catalogue().find(line.provider()).isPresent()) {
              keys(line).forEach(key -> keys.add(Carried.bare(line.provider(), key)));
            } else if (CERTAIN.matcher(line.variable()).matches()) {
              flaws.add(
                  place + ": no provider is called " + line.provider() + "; --map gives it a name");
            }
          });
    }
    return new Reading(keys, flaws);
  }

  private Optional<Line> line(String text) {
    var found = LINE.matcher(text.stripTrailing());
    if (!found.matches()) {
      return Optional.empty();
    }
    var provider = names.of(found.group(2).toLowerCase(Locale.ROOT).replace('_', '-'));
    var from = found.start(3);
    var quote = found.group(3).isEmpty() ? ' ' : text.charAt(from);
    var closing = quote == '"' || quote == '\'' ? text.indexOf(quote, from + 1) : -1;
    return Optional.of(
        closing > 0
            ? new Line(text, found.group(1), provider, from + 1, closing)
            : new Line(text, found.group(1), provider, from, from + bare(found.group(3))));
  }

  /// How long a value without quotes is.
  private static int bare(String value) {
    var remark = REMARK.matcher(value);
    return remark.find() ? remark.start() : value.length();
  }

  private static List<String> keys(Line line) {
    var value = line.value().strip();
    return value.startsWith("{")
        ? List.of(value)
        : List.of(value.split("[,;\\s]+", -1)).stream().filter(key -> !key.isEmpty()).toList();
  }

  @Override
  public Optional<Carried> held(Carried key) {
    return key.inUse();
  }

  /// Keys join the list of their provider where there is one; else they get a line of their own.
  @Override
  public String write(String before, List<Carried> all, List<Carried> fresh) {
    var lines = new ArrayList<>(before.isEmpty() ? List.of() : List.of(before.split("\n", -1)));
    if (before.endsWith("\n")) {
      lines.removeLast();
    }
    var byProvider = new LinkedHashMap<String, List<String>>();
    for (var key : fresh) {
      byProvider.computeIfAbsent(key.provider(), _ -> new ArrayList<>()).add(key.key().reveal());
    }
    byProvider.forEach((provider, keys) -> add(lines, provider, keys));
    return String.join("\n", lines) + "\n";
  }

  /// A credential in JSON has commas of its own, and a line of its own.
  private void add(List<String> lines, String provider, List<String> keys) {
    var variable = provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
    var plain = keys.stream().filter(key -> !key.startsWith("{")).toList();
    if (!plain.isEmpty() && !joined(lines, provider, plain)) {
      lines.add(variable + "S=" + String.join(",", plain));
    }
    var number = 1;
    for (var key : keys) {
      if (key.startsWith("{")) {
        while (isSet(lines, variable + "_" + number)) {
          number++;
        }
        lines.add(variable + "_" + number + "='" + key + "'");
      }
    }
  }

  private boolean joined(List<String> lines, String provider, List<String> keys) {
    for (var at = lines.listIterator(); at.hasNext(); ) {
      var line = line(at.next()).filter(one -> one.provider().equals(provider) && one.isList());
      if (line.isPresent()) {
        at.set(line.get().and(keys));
        return true;
      }
    }
    return false;
  }

  private boolean isSet(List<String> lines, String variable) {
    return lines.stream()
        .flatMap(one -> line(one).stream())
        .anyMatch(one -> one.variable().equals(variable));
  }
}
