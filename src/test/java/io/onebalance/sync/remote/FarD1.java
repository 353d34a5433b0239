package io.onebalance.sync.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sync.remote.Far.Answer;
import io.onebalance.sync.remote.Far.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// D1 as its HTTP API has it, over a real SQLite in memory: the account `acc` has the database
/// `llmtest`, which `token` opens.
final class FarD1 implements AutoCloseable {
  static final String ID = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

  private final Connection sqlite;
  private final Far far;

  FarD1() throws SQLException {
    sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
    far = new Far(this::answer);
  }

  String url() {
    return far.url();
  }

  /// What it was asked to run.
  List<String> statements() {
    return far.asked.stream()
        .filter(asked -> asked.method().equals("POST"))
        .map(asked -> JsonMapper.shared().readTree(asked.body()).path("sql").asString())
        .toList();
  }

  /// As its owner does, with another program.
  void run(String sql) throws SQLException {
    try (var statement = sqlite.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  void fill(String dump) throws IOException, SQLException {
    try (var in = getClass().getResourceAsStream("/sync/" + dump)) {
      run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private Answer answer(Asked asked) {
    if (!asked.opening().equals("Bearer token")) {
      return new Answer(
          403,
          "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}]}");
    }
    if (asked.target().equals("/accounts/acc/d1/database?name=llmtest")) {
      return new Answer(
          200, "{\"success\":true,\"result\":[{\"name\":\"llmtest\",\"uuid\":\"" + ID + "\"}]}");
    }
    return asked.target().equals("/accounts/acc/d1/database/" + ID + "/query")
        ? query(asked.body())
        : new Answer(200, "{\"success\":true,\"result\":[]}");
  }

  private Answer query(String body) {
    var json = JsonMapper.shared().readTree(body);
    var result = JsonMapper.shared().createObjectNode().put("success", true);
    var answer = result.putArray("result").addObject().put("success", true);
    var rows = answer.putArray("results");
    assertThat(json.path("params").size()).isLessThanOrEqualTo(100);
    try (var statement = sqlite.prepareStatement(json.path("sql").asString())) {
      var at = 1;
      for (var value : json.path("params")) {
        statement.setObject(at++, value.isNumber() ? (Object) value.asLong() : value.asString());
      }
      if (statement.execute()) {
        var found = statement.getResultSet();
        while (found.next()) {
          tell(found, rows.addObject());
        }
      }
      return new Answer(200, result.toString());
    } catch (SQLException wrong) {
      return new Answer(
          400, "{\"success\":false,\"errors\":[{\"message\":\"" + wrong.getMessage() + "\"}]}");
    }
  }

  /// Numbers as numbers, and what is not there as `null`.
  private static void tell(ResultSet found, ObjectNode row) throws SQLException {
    for (var i = 1; i <= found.getMetaData().getColumnCount(); i++) {
      var name = found.getMetaData().getColumnName(i);
      switch (found.getObject(i)) {
        case null -> row.putNull(name);
        case Number number -> row.put(name, number.longValue());
        case Object text -> row.put(name, text.toString());
      }
    }
  }

  @Override
  public void close() throws SQLException {
    far.close();
    sqlite.close();
  }
}
