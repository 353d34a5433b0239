package io.onebalance.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubTest {
  private static final String ODD = "odd/key+with=\"quotes\" & spaces\\";

  @Test
  void a_text_is_told_to_hold_one_of_several_secrets() {
    var known = new Secret[] {new Secret("first-secret"), new Secret("second"), new Secret("abc")};
    assertThat(Scrub.holds("x=first-secret;", known)).isTrue();
    assertThat(Scrub.holds("second", known)).isTrue();
    assertThat(Scrub.holds("abc secon first-secre", known)).isFalse();
    assertThat(Scrub.holds("anything")).isFalse();
  }

  @Test
  @DisplayName("S26, P20 an upstream error that echoes our key is scrubbed")
  void a_known_secret_disappears_wherever_it_stands() {
    var key = new Secret("unlikely-shape-of-a-key");
    assertThat(Scrub.scrub("{\"message\":\"Consumer 'api_key:unlikely-shape-of-a-key' is\"}", key))
        .isEqualTo("{\"message\":\"Consumer 'api_key:[redacted]' is\"}");
    assertThat(Scrub.scrub("unlikely-shape-of-a-keyunlikely-shape-of-a-key", key))
        .isEqualTo("[redacted][redacted]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "odd/key+with=\"quotes\" & spaces\\",
        "odd/key+with=\\\"quotes\\\" & spaces\\\\",
        "odd\\/key+with=\\\"quotes\\\" & spaces\\\\",
        "odd%2Fkey%2Bwith%3D%22quotes%22+%26+spaces%5C",
        "odd%2fkey%2bwith%3d%22quotes%22%20%26%20spaces%5c",
        "odd/key+with=\\\\\\\"quotes\\\\\\\" & spaces\\\\\\\\"
      })
  @DisplayName("S26 written for a URL or for JSON, it is found as well")
  void a_known_secret_is_found_in_each_way_to_write_it(String written) {
    assertThat(Scrub.scrub("<" + written + ">", new Secret(ODD))).isEqualTo("<[redacted]>");
    var bytes = ("<" + written + ">").getBytes(StandardCharsets.UTF_8);
    assertThat(Scrub.scrub(bytes, new Secret(ODD)))
        .isEqualTo("<[redacted]>".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AIzaSyA0123456789abcdefghijklmnopqrstuv",
        "AQ.Ab8RN6LxYz0123456789-_.abc",
        "sk-0123456789abcdefghij",
        "sk-proj-0123456789_abcdefghij",
        "sk-ant-api03-0123456789abcdefghij",
        "sk-or-v1-0123456789abcdefghij0123456789",
        "gsk_0123456789abcdefghij",
        "xai-0123456789abcdefghij",
        "pplx-0123456789abcdefghij",
        "hf_0123456789abcdefghij",
        "r8_0123456789abcdefghij",
        "csk-0123456789abcdefghij",
        "fw_0123456789abcdefghij",
        "nvapi-0123456789abcdefghij",
        "tgp_v1_0123456789abcdefghij",
        "ob-0123456789abcdefghij0123456789abcdefghij_-A",
        "sk_0123456789abcdefghij",
        "sk_car_0123456789abcdefghij",
        "ya29.a0AfB_byC0123456789-_abcdef",
        "ABSKQmVkcm9ja0FQSUtleS0wMTIzNDU2Nzg5YWJjZGVmZ2hpamtsbW5vcA==",
        "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
        "AKIA0123456789ABCDEF",
        "ASIA0123456789ABCDEF",
        "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl",
        "0123456789abcdef0123456789abcdef"
      })
  @DisplayName("S26, P20 every shape of a provider's key")
  void whatever_looks_like_a_key_disappears(String key) {
    for (var around :
        new String[] {"'%s'", "(%s)", " %s ", "\\n%s\\n", "%%3D%s&", "=%s", ":%s\""}) {
      var text = around.formatted(key);
      assertThat(Scrub.scrub(text)).as(text).doesNotContain(key).contains("[redacted]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization: Bearer abc123def456ghi | Authorization: Bearer [redacted]",
        "authorization: token 99bottles-of-beer | authorization: token [redacted]",
        "authorization: Key 123e4567-e89b-12d3:0123456789abcdef | authorization: Key [redacted]",
        "Authorization: Api-Key AbCdEfGh.1234567890 | Authorization: Api-Key [redacted]",
        "GET /v1?alt=sse&key=short&x=1 | GET /v1?alt=sse&key=[redacted]&x=1",
        "/a?access_token=a.b.c' | /a?access_token=[redacted]'",
      })
  void what_is_announced_as_a_credential_disappears(String text, String clean) {
    assertThat(Scrub.scrub(text)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "API key not valid. Please pass a valid API key.",
        "Key authentication failed; token verification-unsuccessful",
        "the task-runner-with-a-long-name is risk-free-as-can-be-imagined",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "id 123e4567-e89b-12d3-a456-426614174000",
        "Limit 15000, Used 14000"
      })
  void ordinary_words_stay(String text) {
    assertThat(Scrub.scrub(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sk-0123456789abcdefghij | [redacted]",
        "openai/sk-0123456789abcdefghij | openai/[redacted]",
        "mistral/a0B1c2D3e4F5g6H7i8J9k0L1m2N3o4P5 | mistral/[redacted]",
        "accounts/fireworks/models/llama-v3p1-405b-instruct |"
            + " accounts/fireworks/models/llama-v3p1-405b-instruct",
        "@cf/meta/llama-3.3-70b-instruct-fp8-fast | @cf/meta/llama-3.3-70b-instruct-fp8-fast",
        "ft:gpt-4o-mini-2024-07-18:my-org:custom-suffix:AbCdEf12 |"
            + " ft:gpt-4o-mini-2024-07-18:my-org:custom-suffix:AbCdEf12",
        "pneumonoultramicroscopicsilicovolcanoconiosis |"
            + " pneumonoultramicroscopicsilicovolcanoconiosis",
      })
  @DisplayName("S1 a key in place of a name is taken for one, names are not")
  void names(String written, String clean) {
    assertThat(Scrub.name(written)).isEqualTo(clean);
  }

  @Test
  void bytes_that_are_no_text_stay_what_they_were() {
    var all = new byte[512];
    for (var i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(Scrub.scrub(all, new Secret("not-in-there"))).isSameAs(all);
    var text = "ключ → clé sk-0123456789abcdefghij ß".getBytes(StandardCharsets.UTF_8);
    assertThat(new String(Scrub.scrub(text), StandardCharsets.UTF_8))
        .isEqualTo("ключ → clé [redacted] ß");
  }

  @Test
  void a_secret_beyond_ascii_is_found_in_bytes() {
    var text = "<schlüssel>".getBytes(StandardCharsets.UTF_8);
    assertThat(Scrub.scrub(text, new Secret("schlüssel")))
        .isEqualTo("<[redacted]>".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_secret_within_another_leaves_nothing_of_the_longer() {
    assertThat(Scrub.scrub("abcdef", new Secret("bcde"), new Secret("abcdef")))
        .isEqualTo("[redacted]");
    assertThat(Scrub.scrub("a b", new Secret(""), new Secret("a"))).isEqualTo("a b");
  }

  @Test
  void long_runs_of_beginnings_are_read_once() {
    for (var piece :
        new String[] {
          "key ",
          "eyJ",
          "sk-",
          "Bearer a",
          "a",
          "?key=",
          "AIza",
          "eyJaaaaaaaaa.",
          "-eyJ",
          "key+",
          "?eyJ"
        }) {
      var text = piece.repeat(200_000 / piece.length());
      assertThat(Scrub.scrub(text)).isNotEmpty();
    }
  }
}
