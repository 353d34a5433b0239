package io.onebalance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Fields;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "authorization | Bearer k",
        "authorization | bearer   k",
        "authorization | BEARER k ",
        "authorization | Token k",
        "authorization | Key k",
        "authorization | Api-Key k",
        "authorization | api-key k",
        "authorization | k",
        "x-api-key | k",
        "x-goog-api-key | k",
        "api-key | k",
        "xi-api-key | k",
        "sec-websocket-protocol | realtime, openai-insecure-api-key.k, openai-beta.realtime-v1",
      })
  void a_key_is_found_in_every_field_of_the_contract(String name, String value) {
    assertThat(Presented.in(fields(Map.of(name, value)), "")).containsExactly("k");
  }

  @ParameterizedTest(name = "?{0} shows {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "key=k            | k",
        "api_key=k        | k",
        "alt=sse&key=k    | k",
        "key=k&alt=sse    | k",
        "%6bey=k          | k",
        "key=a%2Bb%2fc    | a+b/c",
        "key=a+b          | a+b",
        "key=%6b          | k",
        "key=%zz%2        | %zz%2",
        "key=k=           | k=",
      })
  void a_key_is_found_in_the_query(String query, String key) {
    assertThat(Presented.in(fields(Map.of()), query)).containsExactly(key);
  }

  @ParameterizedTest(name = "nothing in {0}: {1}?{2}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "cookie | auth_key=k | ''",
        "authorization | Bearer | ''",
        "authorization | ' ' | ''",
        "x-other | k | 'monkey=k&Key=k&key&key=&access_token=k'",
        "sec-websocket-protocol | realtime | ''",
      })
  void nothing_is_found_elsewhere(String name, String value, String query) {
    assertThat(Presented.in(fields(Map.of(name, value)), query)).isEmpty();
  }

  @Test
  void several_keys_come_in_a_fixed_order_and_once() {
    var headers =
        Map.of(
            "authorization", "Bearer a",
            "x-api-key", "b",
            "x-goog-api-key", "a",
            "api-key", "c",
            "xi-api-key", "d",
            "sec-websocket-protocol", "openai-insecure-api-key.g");
    assertThat(Presented.in(fields(headers), "api_key=f&key=e"))
        .containsExactly("a", "b", "c", "d", "e", "f", "g");
  }

  @Test
  void a_word_that_only_begins_like_a_scheme_is_a_raw_key() {
    assertThat(Presented.in(fields(Map.of("authorization", "keystone")), ""))
        .containsExactly("keystone");
  }

  @Test
  void the_number_and_length_of_candidates_are_bounded() {
    var many = "key=1&key=2&key=3&key=4&key=5&key=6&key=7&key=8&key=9&key=10";
    assertThat(Presented.in(fields(Map.of()), many)).hasSize(Presented.MOST);
    var huge = "k".repeat(Presented.LONGEST + 1);
    assertThat(Presented.in(fields(Map.of("x-api-key", huge)), "key=ok")).containsExactly("ok");
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "''                           | ''",
        "alt=sse                      | alt=sse",
        "key=k                        | ''",
        "alt=sse&key=k                | alt=sse",
        "key=k&alt=sse                | alt=sse",
        "a=1&api_key=k&b=%2F+&b=2     | a=1&b=%2F+&b=2",
        "access_token=t&a             | a",
        "%6Bey=k&a=%6B                | a=%6B",
        "key                          | ''",
        "a=1&&b=2&                    | a=1&&b=2&",
        "a=1&&key=k&b=2               | a=1&&b=2",
        "monkey=k&page_key=2&KEY=x    | monkey=k&page_key=2&KEY=x",
        "key=1&key=2&x=key            | x=key",
      })
  @DisplayName("D4 S12 the gateway key leaves the query, the rest stays byte for byte")
  void the_gateway_key_leaves_the_query(String query, String rest) {
    assertThat(Presented.withoutCredentials(query)).isEqualTo(rest);
  }

  @Test
  @DisplayName("S12 subprotocols that carry a key do not go upstream")
  void subprotocols_that_carry_a_key_are_left_out() {
    var offered =
        "realtime, openai-insecure-api-key.k,openai-beta.realtime-v1, cf-aig-authorization.t";
    assertThat(Presented.protocolsWithoutCredentials(offered))
        .isEqualTo("realtime, openai-beta.realtime-v1");
  }

  private static Fields fields(Map<String, String> headers) {
    return name -> headers.get(name.toLowerCase(Locale.ROOT));
  }
}
