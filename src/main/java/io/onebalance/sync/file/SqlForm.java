package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The SQL that `wrangler d1 export` or SQLite's `.dump` writes of a database with a table `keys`.
/// It is read as a text: nothing of it is run.
final class SqlForm implements Form {
  private static final String TABLE = "keys";

  /// What only a One Balance's own database has: there are ciphertexts where others have keys.
  private static final String VAULT = "vault";

  private static final String HASH = "key_hash";

  @Override
  public Reading read(String text, Optional<String> provider) throws Refusal {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    List<String> columns = List.of();
    for (var statement : SqlText.statements(text)) {
      refuseOurs(statement);
      if (statement.creates(TABLE)) {
        columns = statement.columns();
      } else if (statement.insertsInto(TABLE)) {
        take(statement, columns, provider, keys, flaws);
      }
    }
    if (columns.isEmpty() && keys.isEmpty()) {
      throw new Refusal("there is no table " + TABLE + " in it");
    }
    return new Reading(keys, flaws);
  }

  private static void refuseOurs(SqlText.Statement statement) throws Refusal {
    var isOurs =
        statement.insertsInto(VAULT)
            || (statement.creates(TABLE) && statement.columns().contains(HASH));
    if (isOurs) {
      throw new Refusal("its keys are encrypted; name the database itself: sqlite:FILE");
    }
  }

  private static void take(
      SqlText.Statement statement,
      List<String> columns,
      Optional<String> provider,
      List<Carried> keys,
      List<String> flaws) {
    var named = statement.columns();
    var names = named.isEmpty() ? columns : named;
    for (var values : statement.rows()) {
      row(names, values)
          .carried(provider)
          .ifPresentOrElse(
              keys::add, () -> flaws.add("line " + statement.line() + " has no key or provider"));
    }
  }

  private static Row row(List<String> names, List<Optional<String>> values) {
    var row = new HashMap<String, String>();
    for (var i = 0; i < Math.min(names.size(), values.size()); i++) {
      var name = names.get(i);
      values.get(i).ifPresent(value -> row.put(name, value));
    }
    return new Row(row);
  }

  @Override
  public String write(String before, List<Carried> all, List<Carried> fresh) throws Refusal {
    throw new Refusal("SQL is only read; bring keys to the database itself");
  }
}
