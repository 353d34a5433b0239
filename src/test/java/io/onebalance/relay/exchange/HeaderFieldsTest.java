package io.onebalance.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

  @Test
  void a_field_is_found_however_it_is_written_and_the_first_counts() {
    headers.add("X-Api-Key", "one").add("x-api-key", "two");
    var fields = HeaderFields.of(headers);
    for (var again = 0; again < 2; again++) {
      assertThat(fields.first("x-api-key")).isEqualTo("one");
      assertThat(fields.first("X-API-KEY")).isEqualTo("one");
      assertThat(fields.first("api-key")).isNull();
    }
  }

  @Test
  void names_beyond_those_that_are_remembered_are_found_as_well() {
    for (var i = 0; i < 3_000; i++) {
      headers.add("x-field-" + i, "value " + i);
    }
    var fields = HeaderFields.of(headers);
    for (var i = 0; i < 3_000; i++) {
      assertThat(fields.first("x-field-" + i)).isEqualTo("value " + i);
    }
  }
}
