package io.onebalance.store.history.sums;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// Answers questions from the roll-ups. For one question.
public final class UsageReader {
  /// Up to so many items are read and added up, which spares a second walk over the sums.
  private static final int ROOM = 10_000;

  private static final List<Piece> NO_TIME = List.of(new Piece(Span.DAY, 0, 0));

  private static final String SUMS = Sum.columns("COALESCE(SUM(u.$), 0) AS $");

  private final Question question;
  private final List<Piece> pieces;

  public UsageReader(Question question, Instant now) {
    this.question = question;
    var covering = question.pieces(now);
    this.pieces = covering.isEmpty() ? NO_TIME : covering;
  }

  public Usage read(Handle handle) {
    var items = items(handle);
    var more = items.size() > question.most();
    var whole = !question.by().isEmpty() && items.size() <= ROOM;
    return new Usage(
        Instant.ofEpochSecond(pieces.getFirst().from()),
        Instant.ofEpochSecond(pieces.getLast().to()),
        whole ? Sums.of(items) : totals(handle),
        more ? items.subList(0, question.most()) : items,
        more);
  }

  public Totals totals(Handle handle) {
    return handle
        .createQuery("SELECT " + SUMS + source())
        .bindMap(question.filter().values())
        .map((row, _) -> Sums.read(row))
        .one();
  }

  private List<Usage.Item> items(Handle handle) {
    if (question.by().isEmpty()) {
      return List.of();
    }
    var places = IntStream.rangeClosed(1, question.by().size()).boxed().toList();
    var groups = places.stream().map(String::valueOf).collect(Collectors.joining(", "));
    var columns = question.by().stream().map(By::sql).collect(Collectors.joining(", "));
    var sql =
        "SELECT %s, %s%s GROUP BY %s ORDER BY %s LIMIT :most"
            .formatted(columns, SUMS, source(), groups, order(groups));
    return handle
        .createQuery(sql)
        .bindMap(question.filter().values())
        .bind("most", Math.max((long) question.most(), ROOM) + 1)
        .map((row, _) -> item(row))
        .list();
  }

  /// Times in their order, of equals the most requests first.
  private String order(String groups) {
    var times = new ArrayList<String>();
    for (var i = 0; i < question.by().size(); i++) {
      if (question.by().get(i).span().isPresent()) {
        times.add(Integer.toString(i + 1));
      }
    }
    times.add("SUM(u.requests) DESC");
    times.add(groups);
    return String.join(", ", times);
  }

  private Usage.Item item(ResultSet row) throws SQLException {
    var values = new ArrayList<String>();
    for (var i = 1; i <= question.by().size(); i++) {
      values.add(row.getString(i));
    }
    return new Usage.Item(values, Sums.read(row));
  }

  /// Names are looked up only where they are asked for: without them the sums are added up in the
  /// order in which they lie, and nothing has to be sorted.
  private String source() {
    if (!question.asksNames()) {
      var times = pieces("start, " + Sum.columns("SUM($) AS $"), " GROUP BY start");
      return " FROM (%s) u".formatted(times);
    }
    var table = question.table();
    var filter =
        table.equals(Table.KEY_USAGE) ? question.filter().ofKeys() : question.filter().ofSeries();
    return " FROM (%s) u CROSS JOIN %s s WHERE s.id = u.%s AND %s"
        .formatted(toBeNamed(table), table.names(), table.what(), filter);
  }

  private String toBeNamed(Table table) {
    var rows = pieces("start, " + table.what() + ", " + Sum.columns("$"), "");
    return question.by().stream().anyMatch(by -> by.span().isPresent())
        ? rows
        : summed(table, rows);
  }

  /// Summed up by number before the names are looked up, which takes half the time.
  private static String summed(Table table, String rows) {
    return "SELECT %1$s, %2$s FROM (%3$s) pieces GROUP BY %1$s"
        .formatted(table.what(), Sum.columns("SUM($) AS $"), rows);
  }

  /// These columns of all pieces, whose own numbers go into the text: they are no words of
  /// anybody's.
  private String pieces(String columns, String grouped) {
    return pieces.stream()
        .map(piece ->
            "SELECT %s FROM %s WHERE span = %d AND start >= %d AND start < %d%s"
                .formatted(
                    columns,
                    question.table().table(),
                    piece.span().seconds(),
                    piece.from(),
                    piece.to(),
                    grouped))
        .collect(Collectors.joining(" UNION ALL "));
  }
}
