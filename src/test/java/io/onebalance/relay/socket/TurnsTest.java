package io.onebalance.relay.socket;

import static io.onebalance.relay.socket.FrameBytes.closing;
import static io.onebalance.relay.socket.FrameBytes.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Tokens;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens in the messages of live sessions, however their frames and bytes are cut.
class TurnsTest {
  private static final int TEXT = 0x81;
  private static final int BINARY = 0x82;
  private static final int PING = 0x89;

  private static final String REALTIME =
      """
      {"type":"response.done","response":{"object":"realtime.response","output":[{"content":[\
      {"transcript":"\\"usage\\":{\\"input_tokens\\":9}"}]}],"usage":{"total_tokens":253,\
      "input_tokens":132,"output_tokens":121,"input_token_details":{"text_tokens":119,\
      "cached_tokens":64,"cached_tokens_details":{"text_tokens":64}},\
      "output_token_details":{"audio_tokens":91}}}}\
      """;
  private static final String LIVE =
      """
      {"serverContent":{"turnComplete":true},"usageMetadata":{"promptTokenCount":522,\
      "responseTokenCount":42,"totalTokenCount":564,"promptTokensDetails":[{"modality":"TEXT",\
      "tokenCount":332}],"thoughtsTokenCount":136}}\
      """;
  private static final Tokens OF_REALTIME = told(132, 64, 121, 0);
  private static final Tokens OF_LIVE = told(522, 0, 178, 136);

  private final List<Tokens> heard = new ArrayList<>();
  private final Frames frames = Frames.ofServer(1 << 20, reason -> reason, new Turns(heard::add));

  private static Tokens told(long input, long cached, long output, long reasoning) {
    return new Tokens(input, cached, 0, output, reasoning, Tokens.Source.TOLD);
  }

  /// A message in frames of at most this many bytes, with a ping between any two.
  private static Buffer message(int opcode, String text, int each) {
    var all = Buffer.buffer();
    for (var from = 0; from < text.length(); from += each) {
      var to = Math.min(text.length(), from + each);
      var first = (from == 0 ? opcode & 0x0f : 0) | (to == text.length() ? 0x80 : 0);
      all.appendBuffer(plain(first, text.substring(from, to)));
      all.appendBuffer(plain(PING, "{"));
    }
    return all;
  }

  private void pass(Buffer bytes, int each) {
    for (var from = 0; from < bytes.length(); from += each) {
      frames.pass(bytes.getBuffer(from, Math.min(bytes.length(), from + each)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100_000})
  void each_turn_tells_its_own(int pieces) {
    pass(message(TEXT, "{\"type\":\"response.output_text.delta\",\"delta\":\"hi\"}", 100), pieces);
    pass(message(TEXT, REALTIME, 30), pieces);
    pass(message(BINARY, LIVE, 125), pieces);
    pass(message(TEXT, REALTIME, 125), pieces);
    assertThat(heard).containsExactly(OF_REALTIME, OF_LIVE, OF_REALTIME);
  }

  @Test
  void what_is_no_json_object_is_sound() {
    pass(message(BINARY, "\u00ff" + LIVE, 125), 1000);
    pass(message(TEXT, "[" + LIVE + "]", 125), 1000);
    pass(message(TEXT, "", 125), 1000);
    pass(plain(TEXT, ""), 1000);
    assertThat(heard).isEmpty();
    pass(message(TEXT, LIVE, 125), 1000);
    assertThat(heard).containsExactly(OF_LIVE);
  }

  @Test
  void a_message_that_never_ends_tells_nothing() {
    var whole = message(TEXT, LIVE, 60);
    pass(whole.getBuffer(0, whole.length() - 40), 1000);
    pass(plain(0x88, closing(1000, "bye")), 1000);
    assertThat(heard).isEmpty();
  }
}
