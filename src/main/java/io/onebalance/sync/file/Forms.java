package io.onebalance.sync.file;

import io.onebalance.sync.Names;
import java.util.Locale;
import java.util.Optional;

/// The forms by the words for them, and by the ends of file names.
public final class Forms {
  /// The words.
  public static final String WORDS = "csv, json, env, list, sql";

  private Forms() {}

  public static Optional<Form> named(String word, Names names) {
    return switch (word) {
      case "csv" -> Optional.of(new CsvForm());
      case "json" -> Optional.of(new JsonForm());
      case "env" -> Optional.of(new DotEnvForm(names));
      case "list" -> Optional.of(new ListForm());
      case "sql" -> Optional.of(new SqlForm());
      // People type any word.
      default -> Optional.empty();
    };
  }

  /// What a file of this name most likely holds.
  public static String wordOf(String fileName) {
    var name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return "csv";
    }
    if (name.endsWith(".json") || name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
      return "json";
    }
    if (name.endsWith(".env")) {
      return "env";
    }
    if (name.endsWith(".sql")) {
      return "sql";
    }
    return name.matches(".*\\.(db|sqlite3?)") ? "sqlite" : "list";
  }
}
