package io.onebalance.relay.ask.once;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstObjectTest {
  @ParameterizedTest
  @DisplayName("F9 an object is complete with its last byte, wherever the bytes are cut")
  @ValueSource(
      strings = {
        "{}",
        "{\"error\":{\"code\":403,\"message\":\"no\"}}",
        "[{\"a\":\"} \\\" } \\\\\"}",
        " [\n {\"a\":[{},{\"b\":\"ü\"}]}",
      })
  void is_complete_with_its_last_byte(String json) {
    var bytes = json.getBytes(UTF_8);
    for (var cut = 0; cut < bytes.length; cut++) {
      var object = new FirstObject();
      var start = Arrays.copyOfRange(bytes, 0, cut);
      var rest = Arrays.copyOfRange(bytes, cut, bytes.length);
      assertThat(object.completedBy(start)).as("cut at %d", cut).isFalse();
      assertThat(object.completedBy(rest)).as("cut at %d", cut).isTrue();
    }
  }

  @Test
  void is_not_complete_before() {
    assertThat(new FirstObject().completedBy("[{\"a\":{}".getBytes(UTF_8))).isFalse();
  }
}
