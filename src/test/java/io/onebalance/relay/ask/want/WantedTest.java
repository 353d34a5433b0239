package io.onebalance.relay.ask.want;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {
  private static final String SYSTEM =
      "{'model':'m','messages':[{'role':'system','content':'be kind'},";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'user','content':'hi'}],'stream':true}",
        "{'role':'user','content':'hi'},{'role':'assistant','content':'yes?'}]}",
        "{'role':'user','content':'hi'},{'role':'assistant'},{'role':'user','content':'you'}]}"
      })
  void a_conversation_is_known_by_its_beginning_however_long_it_gets(String rest) {
    assertThat(beginning(rest)).isEqualTo(beginning("{'role':'user','content':'hi'}]}"));
  }

  @Test
  void another_first_message_is_another_conversation() {
    assertThat(beginning("{'role':'user','content':'ho'}]}"))
        .isNotEqualTo(beginning("{'role':'user','content':'hi'}]}"));
  }

  @Test
  void a_long_first_message_is_known_by_its_first_bytes() {
    var known = beginning("{'role':'user','content':'" + "hi ".repeat(4_000) + "'}]}");
    assertThat(beginning("{'role':'user','content':'" + "hi ".repeat(5_000) + "'}]}"))
        .isEqualTo(known);
    assertThat(beginning("{'role':'user','content':'" + "ho ".repeat(4_000) + "'}]}"))
        .isNotEqualTo(known);
  }

  private static long beginning(String messages) {
    return Wanted.beginning(Buffer.buffer((SYSTEM + messages).replace('\'', '"')));
  }
}
