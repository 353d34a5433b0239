package io.onebalance.relay.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.OpenAiClient;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Signatures that clients leave out of the calls they give back.
class SignatureMemoryTest {
  private static final int MEGABYTE = 1 << 20;

  private final SignatureMemory memory = new SignatureMemory();

  private void note(String call, int length) {
    var signature = new Signature(Signature.Maker.GEMINI, "s".repeat(length));
    memory.note(new Delta.CallOpened(0, 0, ToolName.of("look"), call, Optional.of(signature)));
  }

  private boolean knows(String call) {
    var body =
        """
        {"model":"m","messages":[{"role":"assistant","tool_calls":[
         {"id":"%s","type":"function","function":{"name":"look","arguments":"{}"}}]}]}
        """
            .formatted(call);
    var recalled =
        memory.recall(new OpenAiClient().read(Json.read(body.getBytes(UTF_8)).orElseThrow()));
    return recalled.messages().getFirst().parts().getFirst() instanceof Part.ToolCall given
        && given.signature().isPresent();
  }

  @Test
  void what_a_client_left_out_is_recalled() {
    note("call-1", 10);
    assertThat(knows("call-1")).isTrue();
    assertThat(knows("call-2")).isFalse();
  }

  /// Of two hundred megabytes at most thirty-two are kept, and a few that are about to be
  /// forgotten.
  @Test
  void long_signatures_are_remembered_for_fewer_calls() {
    IntStream.range(0, 200).forEach(call -> note("call-" + call, MEGABYTE));
    assertThat(IntStream.range(0, 200).filter(call -> knows("call-" + call)).count())
        .isBetween(1L, 100L);
  }
}
