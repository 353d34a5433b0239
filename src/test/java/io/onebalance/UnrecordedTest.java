package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.journal.Journal;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnrecordedTest {
  @TempDir Path dir;

  @Test
  void where_nothing_is_recorded_limits_hold_all_the_same() throws IOException, SQLException {
    var settings = "ledger: {enabled: false}\nlimits: {keys: {key-2: {requests-per-minute: 1}}}\n";
    var chat = "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[]}";
    try (var house = Running.in(dir, settings).keys("openai", "sk-one")) {
      assertThat(house.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
      for (var status : List.of(200, 429)) {
        var asked =
            house
                .bare("/v1/chat/completions")
                .header("authorization", "Bearer " + Running.RESTRICTED)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(chat));
        assertThat(house.send(asked).statusCode()).isEqualTo(status);
      }
    }
    try (var journal = Journal.open(dir.resolve("data/ledger"), 0)) {
      assertThat(journal.read(0, 10)).isEmpty();
    }
    var database = dir.resolve("data/one-balance.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement();
        var count = statement.executeQuery("SELECT count(*) FROM requests")) {
      assertThat(count.getInt(1)).isZero();
    }
  }
}
