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
import java.util.stream.Collectors;

/// Environment files: `OPENAI_API_KEY=sk-…`, `GEMINI_API_KEYS=a,b`, `GROQ_API_KEY_2=…`. The
/// provider is what stands before `_API_KEY`, by any of its names; other lines say nothing of keys.
/// Only keys in use are written.
final class DotEnvForm implements Form {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:export\\s+)?([A-Z][A-Z0-9_]*?)_(?:API_)?(?:KEY|TOKEN)S?(?:_?[0-9]+)?\\s*=\\s*(.*)");

  private final Names names;

  DotEnvForm(Names names) {
    this.names = names;
  }

  @Override
  public Reading read(String text, Optional<String> provider) {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      var found = LINE.matcher(line.strip());
      if (found.matches()) {
        take(found.group(1), value(found.group(2)), number, keys, flaws);
      }
    }
    return new Reading(keys, flaws);
  }

  private void take(String name, String value, int line, List<Carried> keys, List<String> flaws) {
    var provider = names.of(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (value.isEmpty()) {
      return;
    }
    if (names.catalogue().find(provider).isEmpty()) {
      flaws.add("line " + line + ": no provider is called " + provider + "; --map gives it a name");
      return;
    }
    for (var key : value.startsWith("{") ? List.of(value) : List.of(value.split("[,;\\s]+", -1))) {
      if (!key.isEmpty()) {
        keys.add(Carried.bare(provider, key));
      }
    }
  }

  /// What stands in quotes, else all up to a remark.
  private static String value(String text) {
    for (var quote : List.of("\"", "'")) {
      if (text.startsWith(quote) && text.indexOf(quote, 1) > 0) {
        return text.substring(1, text.indexOf(quote, 1));
      }
    }
    return text.replaceFirst("\\s+#.*", "").strip();
  }

  @Override
  public String write(List<Carried> keys) {
    var byProvider = new LinkedHashMap<String, List<String>>();
    for (var key : keys) {
      if (key.blocked().isEmpty()) {
        byProvider.computeIfAbsent(key.provider(), _ -> new ArrayList<>()).add(key.key().reveal());
      }
    }
    return byProvider.entrySet().stream().map(DotEnvForm::lines).collect(Collectors.joining());
  }

  /// A credential in JSON has commas of its own, and a line of its own.
  private static String lines(java.util.Map.Entry<String, List<String>> one) {
    var name = one.getKey().toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
    var plain = one.getValue().stream().filter(key -> !key.startsWith("{")).toList();
    var text = new StringBuilder();
    if (!plain.isEmpty()) {
      text.append(name).append("S=").append(String.join(",", plain)).append('\n');
    }
    var number = 1;
    for (var key : one.getValue()) {
      if (key.startsWith("{")) {
        text.append(name).append('_').append(number++).append("='").append(key).append("'\n");
      }
    }
    return text.toString();
  }
}
