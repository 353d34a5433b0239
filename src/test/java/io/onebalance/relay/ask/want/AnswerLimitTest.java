package io.onebalance.relay.ask.want;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {
  private static final String LONG = "x".repeat(5000);

  private static long of(String body) {
    return AnswerLimit.of(Buffer.buffer(body.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'max_tokens':16,'messages':[]} | 16",
        "{'messages':[],'max_tokens' : 300 } | 300",
        "{'messages':[],'max_completion_tokens':7} | 7",
        "{'max_output_tokens': 40} | 40",
        "{'generationConfig':{'maxOutputTokens':99}} | 99",
        "{'max_tokens':0} | 0",
        "{'max_tokens':null} | -1",
        "{'max_tokens':-5} | -1",
        "{'max_tokens':'8'} | -1",
        "{'max_tokens | -1",
        "{'max_tokens' | -1",
        "{'max_tokens': | -1",
        "{'max_tokensx':8} | -1",
        "{'max':8,'max_tool_calls':3,'max_tokens':9} | 9",
        "{'messages':[{'content':'say \\'max_tokens\\':5'}]} | -1",
        "m | -1",
        "{} | -1",
      })
  void what_a_request_says_is_found_in_any_dialect(String body, long most) {
    assertThat(of(body)).isEqualTo(most);
  }

  @Test
  void it_is_found_before_and_after_a_long_conversation_and_bounded() {
    assertThat(of("{'max_tokens':16,'messages':'" + LONG + "'}")).isEqualTo(16);
    assertThat(of("{'messages':'" + LONG + "','max_tokens':16}")).isEqualTo(16);
    assertThat(of("{'max_tokens':99999999999999999999999}")).isGreaterThan(1023);
    assertThat(AnswerLimit.of(Buffer.buffer())).isEqualTo(AnswerLimit.UNTOLD);
  }
}
