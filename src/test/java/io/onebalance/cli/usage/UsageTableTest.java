package io.onebalance.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class UsageTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1792627200 | 1795305600 | 2026-10-22 to 2026-11-21, whole days in UTC",
        "1795219200 | 1795305600 | 2026-11-21 to 2026-11-21, whole days in UTC",
        "1792627200 | 1795262400 | 2026-10-22 00:00 to 2026-11-21 12:00, in UTC",
        "1795219200 | 1795219200 | 2026-11-21 00:00 to 2026-11-21 00:00, in UTC",
      })
  void the_first_line_tells_of_when_it_is(long from, long to, String line) {
    var told = JsonMapper.shared().createObjectNode().put("from", from).put("to", to);
    assertThat(new UsageTable(List.of("model"), Map.of()).of(told).lines()).startsWith(line);
  }

  @Test
  void gateway_keys_have_their_names_beside_their_ids() {
    var told =
        JsonMapper.shared()
            .readTree("{\"items\":[{\"gateway_key\":\"6f82\"},{\"gateway_key\":\"0a1b\"}]}");
    var names = Map.of("6f82", "phone");
    assertThat(new UsageTable(List.of("gateway_key"), names).of(told).lines())
        .anyMatch(line -> line.startsWith("phone 6f82 "))
        .anyMatch(line -> line.startsWith("0a1b "));
  }
}
