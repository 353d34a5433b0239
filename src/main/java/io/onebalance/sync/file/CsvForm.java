package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.KeyJson;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// CSV with a line of names first; without one, a column of keys, or one of providers and one of
/// keys.
final class CsvForm implements Form {
  @Override
  public Reading read(String text, Optional<String> provider) {
    var records = CsvText.read(text);
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    if (records.isEmpty()) {
      return new Reading(keys, flaws);
    }
    var names = names(records.getFirst());
    for (var one : records.subList(isHead(records.getFirst()) ? 1 : 0, records.size())) {
      row(names, one.fields())
          .carried(provider)
          .ifPresentOrElse(
              keys::add, () -> flaws.add("line " + one.line() + " has no key or no provider"));
    }
    return new Reading(keys, flaws);
  }

  /// What the fields are called where this is the first line.
  private static List<String> names(CsvText.Line first) {
    if (isHead(first)) {
      return first.fields();
    }
    return first.fields().size() == 1 ? List.of("key") : List.of("provider", "key");
  }

  private static boolean isHead(CsvText.Line line) {
    return line.fields().stream().anyMatch(Row::namesKey);
  }

  private static Row row(List<String> names, List<String> fields) {
    var values = new HashMap<String, String>();
    for (var i = 0; i < Math.min(names.size(), fields.size()); i++) {
      values.put(names.get(i), CsvText.unmarked(fields.get(i)));
    }
    return new Row(values);
  }

  /// All is written anew, with the columns that are ours.
  @Override
  public List<String> lost(String text, Optional<String> provider) {
    var lost = new ArrayList<>(read(text, provider).flaws());
    var records = CsvText.read(text);
    if (records.isEmpty()) {
      return lost;
    }
    var names = names(records.getFirst());
    names.stream()
        .filter(name -> !KeyJson.FIELDS.contains(name.strip().toLowerCase(Locale.ROOT)))
        .forEach(name -> lost.add("there is the column '" + name + "'"));
    var known = isHead(records.getFirst()) ? "names" : String.join(" and ", names);
    records.stream()
        .filter(one -> one.fields().size() > names.size())
        .forEach(one -> lost.add("line " + one.line() + " has more fields than " + known));
    return lost;
  }

  @Override
  public String write(String before, List<Carried> all, List<Carried> fresh) {
    var text = new StringBuilder(CsvText.line(KeyJson.FIELDS));
    all.forEach(key -> text.append(CsvText.line(fields(key))));
    return text.toString();
  }

  private static List<String> fields(Carried key) {
    var json = KeyJson.of(key);
    return KeyJson.FIELDS.stream()
        .map(name -> {
          var value = json.path(name);
          return value.isMissingNode()
              ? ""
              : value.isString() ? value.stringValue() : value.toString();
        })
        .toList();
  }
}
