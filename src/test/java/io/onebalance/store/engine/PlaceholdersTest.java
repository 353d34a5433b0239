package io.onebalance.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is bound in a statement, beside what JDBI itself finds there.
class PlaceholdersTest {
  private final Placeholders ours = new Placeholders();
  private final ColonPrefixSqlParser theirs = new ColonPrefixSqlParser();
  private final Handle handle = Jdbi.create("jdbc:sqlite::memory:").open();

  @AfterEach
  void close() {
    handle.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT a FROM t WHERE a = :a AND b = :b_2 AND c = :a",
        "INSERT INTO t VALUES (?, ?,?)",
        "SELECT ':none', 'it''s :none', \":none?\", a FROM t WHERE b = :b",
        "SELECT CAST(a AS TEXT), b::text FROM t WHERE c = :c::bigint",
        "SELECT a -- :none, ?\nFROM t WHERE b = :b",
        "SELECT a FROM t WHERE a > :after AND (b, c) < (:b,:c) LIMIT :limit",
        ":a",
        "?"
      })
  @DisplayName("names and places are those that JDBI finds")
  void the_same(String sql) {
    try (var statement = handle.createQuery(sql)) {
      var context = statement.getContext();
      assertThat(ours.parse(sql, context)).isEqualTo(theirs.parse(sql, context));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "gateway_key"})
  @DisplayName("a name is bound after a colon")
  void a_name(String name) {
    try (var statement = handle.createQuery("SELECT 1")) {
      var context = statement.getContext();
      assertThat(ours.nameParameter(name, context)).isEqualTo(theirs.nameParameter(name, context));
    }
  }
}
