package io.onebalance.store.history.log;

import io.onebalance.store.history.log.Logged.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;

/// Finds requests of the log, newest first. A filter is first looked up among the series, of which
/// there are few; then the newest rows of each are merged. So what is rare is found as quickly as
/// what is common, by two narrow indexes, whatever is combined.
public final class RequestSearch {
  private final Search search;
  private final long before;
  private final int limit;

  /// `before` is the number that the page before ended with, 0 at the beginning.
  public RequestSearch(Search search, long before, int limit) {
    this.search = search;
    this.before = before;
    this.limit = limit;
  }

  public Page page(Handle handle) {
    var ids = newest(handle);
    var more = ids.size() > limit;
    var shown = more ? ids.subList(0, limit) : ids;
    var requests = LoggedRow.read(handle, shown);
    return new Page(requests, more ? shown.getLast() : 0);
  }

  /// Up to one more than a page holds.
  private List<Long> newest(Handle handle) {
    try {
      var filter = search.filter();
      var connection = handle.getConnection();
      if (filter.equals(Filter.ANY)) {
        return any(connection);
      }
      var keys = filter.key().isEmpty() ? List.of(0) : keys(handle);
      var series = series(handle);
      return merged(connection, series, keys, !filter.key().isEmpty());
    } catch (SQLException trouble) {
      throw new Refused(trouble);
    }
  }

  private List<Integer> series(Handle handle) {
    return handle
        .createQuery("SELECT s.id FROM series s WHERE " + search.filter().ofSeries())
        .bindMap(search.filter().values())
        .mapTo(Integer.class)
        .list();
  }

  private List<Integer> keys(Handle handle) {
    return handle
        .createQuery("SELECT s.id FROM asked_keys s WHERE " + search.filter().ofKeys())
        .bindMap(search.filter().values())
        .mapTo(Integer.class)
        .list();
  }

  private List<Long> any(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(sql(""))) {
      return sorted(read(select, 0, floor(), new PriorityQueue<>()));
    }
  }

  /// The lowest of what is found so far bounds what is read of the rest.
  private List<Long> merged(
      Connection connection, List<Integer> series, List<Integer> keys, boolean byKey)
      throws SQLException {
    var found = new PriorityQueue<Long>();
    var sql = sql(byKey ? "series = ? AND asked_key = ? AND " : "series = ? AND ");
    try (var select = connection.prepareStatement(sql)) {
      for (var one : series) {
        for (var key : keys) {
          select.setInt(1, one);
          if (byKey) {
            select.setInt(2, key);
          }
          read(select, byKey ? 2 : 1, Math.max(floor(), floor(found)), found);
        }
      }
    }
    return sorted(found);
  }

  private static String sql(String which) {
    return "SELECT id FROM requests WHERE " + which + "id >= ? AND id < ? ORDER BY id DESC LIMIT ?";
  }

  private PriorityQueue<Long> read(
      PreparedStatement select, int bound, long floor, PriorityQueue<Long> found)
      throws SQLException {
    select.setLong(bound + 1, floor);
    select.setLong(bound + 2, ceiling());
    select.setInt(bound + 3, limit + 1);
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getLong(1));
        if (found.size() > limit + 1) {
          found.remove();
        }
      }
    }
    return found;
  }

  private long floor(PriorityQueue<Long> found) {
    return found.size() > limit ? found.element() : 0;
  }

  private long floor() {
    return RowIds.first(search.from());
  }

  private long ceiling() {
    var end = RowIds.first(search.to());
    return before > 0 ? Math.min(before, end) : end;
  }

  private static List<Long> sorted(Collection<Long> found) {
    return found.stream().sorted((one, other) -> Long.compare(other, one)).toList();
  }
}
