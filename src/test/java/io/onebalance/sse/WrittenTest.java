package io.onebalance.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrittenTest {
  @Test
  void what_is_written_is_read_again() {
    for (var data : new String[] {"", "a", "{\"x\":1}", "a\nb", "a\r\nb\rc", " lead", "ä😀\n"}) {
      var events = new Events(1000).feed(Written.event("x", data));
      assertThat(events).hasSize(1);
      assertThat(events.getFirst().type()).isEqualTo("x");
      assertThat(events.getFirst().text())
          .isEqualTo(data.replace("\r\n", "\n").replace('\r', '\n'));
      assertThat(new Events(1000).feed(Written.data(data)).getFirst().type()).isEmpty();
    }
  }

  @Test
  void bytes_are_as_servers_write_them() {
    assertThat(new String(Written.data("[DONE]"), UTF_8)).isEqualTo("data: [DONE]\n\n");
    assertThat(new String(Written.event("error", "{}"), UTF_8))
        .isEqualTo("event: error\ndata: {}\n\n");
    assertThat(new String(Written.json("{}".getBytes(UTF_8)), UTF_8)).isEqualTo("data: {}\n\n");
    assertThat(new String(Written.json("error", "{}".getBytes(UTF_8)), UTF_8))
        .isEqualTo("event: error\ndata: {}\n\n");
    assertThat(new String(Written.comment("still here"), UTF_8)).isEqualTo(": still here\n\n");
    assertThat(new Events(1000).feed(Written.comment("x"))).isEmpty();
  }

  @Test
  void a_type_can_not_smuggle_a_field() {
    assertThatThrownBy(() -> Written.event("x\ndata: y", "z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Written.json("x\ndata: y", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Written.comment("x\ry")).isInstanceOf(IllegalArgumentException.class);
  }
}
