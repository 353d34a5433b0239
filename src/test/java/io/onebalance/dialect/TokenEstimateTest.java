package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.dialect.anthropic.AnthropicClient;
import io.onebalance.dialect.json.Json;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {
  private static long estimate(String members) {
    var body = "{\"model\":\"m\"," + members.replace('\'', '"') + "}";
    return TokenEstimate.of(new AnthropicClient().read(Json.read(body).orElseThrow()));
  }

  @Test
  void nothing_is_nothing() {
    assertThat(estimate("'messages': []")).isZero();
  }

  @Test
  void text_counts_by_its_characters_wherever_it_stands() {
    assertThat(
            estimate("'system': '1234567', 'messages': [{'role': 'user', 'content': '1234567'}]"))
        .isEqualTo(4);
    assertThat(
            estimate(
                "'messages': [{'role': 'assistant', 'content': [{'type': 'thinking', 'thinking':"
                    + " '1234567'},{'type': 'tool_use', 'id': 'a', 'name': '12345', 'input':"
                    + " {}}]},{'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id':"
                    + " 'a','content': '12345678'}]}]"))
        .isEqualTo(7); // 22 characters, rounded up
  }

  @Test
  void tools_count_with_their_json() {
    assertThat(
            estimate(
                "'messages': [], 'tools': [{'name': 'abc', 'description': 'defg',"
                    + "'input_schema': {'type':'object'}}]"))
        .isEqualTo(7); // 7 characters of words, 17 of the schema
  }

  @Test
  void a_picture_has_its_number_however_large_it_is() {
    assertThat(
            estimate(
                "'messages': [{'role': 'user', 'content': [{'type': 'image', 'source':"
                    + "{'type': 'base64', 'media_type': 'image/png', 'data': '"
                    + "A".repeat(10_000)
                    + "'}}]}]"))
        .isEqualTo(1600);
  }
}
