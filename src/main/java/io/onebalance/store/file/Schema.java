package io.onebalance.store.file;

import io.onebalance.store.engine.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables' version that this program knows, and the scripts that lead to it.
///
/// @param scripts of each database: one number stands for the same tables in both
public record Schema(int newest, Map<Dialect, List<String>> scripts) {
  public static final Schema CURRENT =
      new Schema(
          6,
          Map.of(
              Dialect.SQLITE, List.of("classpath:io/onebalance/store/migration"),
              Dialect.POSTGRESQL, List.of("classpath:io/onebalance/store/postgresql")));

  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  public Schema {
    scripts = Map.copyOf(scripts);
  }

  public List<String> scriptsOf(Dialect dialect) {
    return scripts.getOrDefault(dialect, List.of());
  }

  /// Brings the file to the newest version; an older one is copied first. A newer one is refused.
  /// Each script is one transaction: killed midway, it is undone and runs again at the next start.
  public void bring(DatabaseFile file, int found, Instant now) {
    if (found > newest) {
      throw new CannotOpen(
          "%s has schema %d, but this program knows schemas up to %d: start the newer program, or restore the copy made before the update (%s)"
              .formatted(
                  file.path(), found, newest, copyName(file.path(), "before-v" + found + "-…")));
    }
    if (found < newest) {
      copy(file, found, now);
      migrate(file);
    }
  }

  private void copy(DatabaseFile file, int found, Instant now) {
    if (found > 0) {
      var name = copyName(file.path(), "before-v" + newest + "-" + STAMP.format(now));
      log.info(
          "copying the database to {} before it is brought from schema {} to {}",
          name,
          found,
          newest);
      file.copyTo(file.path().resolveSibling(name));
    }
  }

  private void migrate(DatabaseFile file) {
    try {
      Flyway.configure()
          .dataSource(file.source())
          .locations(scriptsOf(Dialect.SQLITE).toArray(String[]::new))
          .load()
          .migrate();
    } catch (FlywayException trouble) {
      throw new CannotOpen(
          "%s could not be brought to schema %d: %s"
              .formatted(file.path(), newest, trouble.getMessage()),
          trouble);
    }
  }

  private static String copyName(Path file, String what) {
    var name = String.valueOf(file.getFileName());
    return (name.endsWith(".db") ? name.substring(0, name.length() - 3) : name)
        + "-"
        + what
        + ".db";
  }
}
