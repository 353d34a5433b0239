package io.onebalance.route.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.body.Found.Foreign;
import io.onebalance.route.body.Found.Named;
import io.onebalance.route.body.Found.Nameless;
import io.onebalance.route.body.Found.Refused;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFinderTest {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String FORM = "application/x-www-form-urlencoded";

  private static Found json(String body) {
    return ModelFinder.find(JSON, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"gpt-4o\"} | gpt-4o | gpt-4o",
        "{ \"a\" : [1,{\"model\":\"no\"}] ,\"model\" : \"yes\" , \"b\":{}} | yes | yes",
        "{\"model\":\"openrouter/meta-llama/llama-3\"} | openrouter/meta-llama/llama-3 |"
            + " openrouter/meta-llama/llama-3",
        "{\"model\":\"models/x\"} | models/x | models/x",
        "{\"model\":\"a\\/b\"} | a/b | a\\/b",
        "{\"model\":\"\\u00e4\\ud83d\\ude00\"} | ä😀 | \\u00e4\\ud83d\\ude00",
        "{\"model\":\"ä😀\"} | ä😀 | ä😀",
        "{\"mod\\u0065l\":\"hidden\"} | hidden | hidden",
        "{\"x\":\"\\\\\",\"model\":\"y\"} | y | y",
        "{\"x\":\"\\\"model\\\":\\\"z\\\"\",\"model\":\"y\"} | y | y",
        "\uFEFF {\"model\":\"marked\"} | marked | marked",
        "{\"Model\":{},\"messages\":[]} | |",
      })
  void a_name_is_found_with_its_exact_place(String body, String name, String written) {
    var found = json(body);
    if (name == null) {
      assertThat(found).isEqualTo(new Nameless(false));
      return;
    }
    assertThat(found)
        .isInstanceOfSatisfying(
            Named.class,
            it -> {
              assertThat(it.name()).isEqualTo(name);
              assertThat(slice(body.getBytes(UTF_8), it.at())).isEqualTo(written);
            });
  }

  private static String slice(byte[] bytes, Span at) {
    return new String(bytes, at.from(), at.length(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[{\"model\":\"x\"}]",
        "{\"model\":7}",
        "{\"model\":null}",
        "{\"model\":\"\"}",
        "{\"model\":{\"model\":\"x\"}}",
        "{\"model\":[\"x\"]}",
        "{\"a\":\"model\"}",
        " {} \n",
        "{\"models\":\"x\",\"mode\":\"y\"}",
        "{\"model\":true}",
        "{\"MODEL\":\"x\"}"
      })
  @DisplayName("a body without a model's name, a numeric one included, is no error by itself")
  void no_name_is_a_value(String body) {
    assertThat(json(body)).isEqualTo(new Nameless(false));
  }

  @ParameterizedTest
  @DisplayName("F45 what is not JSON can pass unchanged")
  @ValueSource(
      strings = {
        "{",
        "{\"model\":\"x\"",
        "{\"model\":\"x\"}}",
        "{\"model\":\"x\"}{\"model\":\"y\"}",
        "{model:\"x\"}",
        "{'model':'x'}",
        "{\"model\":\"x\",}",
        "{\"model\" \"x\"}",
        "{\"model\":}",
        "{/*\"model\":\"a\",*/\"model\":\"b\"}",
        "[}",
        "{\"a\":[},\"model\":\"x\"}",
        "{\"model\":\"x",
        "{\"a\":tru}",
        "{\"a\":nul",
        "hello",
        "7",
        "{\"model\":\"x\"} x",
        "{,}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":NaN}",
        "{\"a\"}",
        "{\"model\":\"x\\"
      })
  void broken_json_is_foreign(String body) {
    assertThat(json(body)).isEqualTo(new Foreign());
  }

  @ParameterizedTest
  @DisplayName("F46 a second model is refused: another reader would take that one")
  @ValueSource(
      strings = {
        "{\"model\":\"a\",\"model\":\"b\"}", "{\"model\":\"a\",\"mod\\u0065l\":\"b\"}",
        "{\"model\":1,\"model\":\"b\"}", "{\"model\":\"a\",\"x\":[[{}]],\"model\":\"a\"}",
        "{\"model\":\"a\",\"Model\":\"b\"}", "{\"MODEL\":\"a\",\"model\":\"b\"}",
        "{\"Model\":\"a\",\"mODEL\":\"b\"}", "{\"\\u004dodel\":\"a\",\"model\":\"b\"}"
      })
  void a_second_model_is_refused(String body) {
    assertThat(json(body)).isInstanceOf(Refused.class);
  }

  @Test
  @DisplayName("F46 depth and numbers are bounded, without recursion")
  void monsters_are_refused() {
    var deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"model\":\"x\"}";
    var wide = "{\"a\":" + "7".repeat(1 << 20) + ",\"model\":\"x\"}";
    var objects = "{\"a\":".repeat(100_000);
    for (var body : List.of(deep, wide, objects)) {
      assertThat(json(body)).isInstanceOf(Refused.class);
    }
    assertThat(json("[".repeat(512) + "]".repeat(512))).isEqualTo(new Nameless(false));
    assertThat(json("[".repeat(513) + "]".repeat(513))).isInstanceOf(Refused.class);
  }

  @Test
  void a_name_that_can_be_none_is_refused_without_echo() {
    for (var name : List.of("x".repeat(513), "a\\u0000b", "a\\nb", "a\\ud800", "a\\x")) {
      assertThat(json("{\"model\":\"" + name + "\"}"))
          .as(name)
          .isInstanceOfSatisfying(Refused.class, it -> assertThat(it.why()).doesNotContain(name));
    }
  }

  @Test
  @DisplayName("F47 broken UTF-8 passes in text and is refused in a model's name, never rewritten")
  void broken_text_is_never_rewritten() {
    var body =
        "{\"messages\":\"\u00ff\u00c0\",\"model\":\"x\",\"y\":\"\\ud800\"}".getBytes(ISO_8859_1);
    assertThat(ModelFinder.find(JSON, body))
        .isInstanceOfSatisfying(
            Named.class,
            it -> {
              var replaced = ModelFinder.replace(body, it, "longer");
              assertThat(new String(replaced, ISO_8859_1))
                  .isEqualTo(
                      new String(body, ISO_8859_1)
                          .replace("\"model\":\"x\"", "\"model\":\"longer\""));
            });
    assertThat(ModelFinder.find(JSON, "{\"model\":\"\u00ff\"}".getBytes(ISO_8859_1)))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stream\":true} | true",
        "{\"stream\":false} | false",
        "{\"stream\":\"true\"} | false",
        "{\"stream\":1} | false",
        "{\"x\":{\"stream\":true}} | false",
        "{\"stream\":false,\"stream\":true} | true",
      })
  void the_wish_to_stream_is_found_in_the_same_pass(String body, boolean stream) {
    assertThat(json(body)).isEqualTo(new Nameless(stream));
  }

  @Test
  void a_replaced_name_is_escaped_as_its_place_demands() {
    var body = "{\"model\":\"a\", \"n\" : 1.0}".getBytes(UTF_8);
    var found = (Named) ModelFinder.find(JSON, body);
    assertThat(new String(ModelFinder.replace(body, found, "q\"\\\u0001ä"), UTF_8))
        .isEqualTo("{\"model\":\"q\\\"\\\\\\u0001ä\", \"n\" : 1.0}");

    var form = "a=1&model=x%2Fy&b=2".getBytes(UTF_8);
    var inForm = (Named) ModelFinder.find(FORM, form);
    assertThat(inForm.name()).isEqualTo("x/y");
    assertThat(new String(ModelFinder.replace(form, inForm, "p/q r&"), UTF_8))
        .isEqualTo("a=1&model=p%2Fq+r%26&b=2");
  }

  @ParameterizedTest
  @CsvSource({
    "model=gpt-realtime, gpt-realtime",
    "a=b&model=nova-2&c=d, nova-2",
    "m%6fdel=nova-2, nova-2",
    "mo=1&model2=x, ''",
    "xmodel=x, ''",
    "model, ''",
    "model=, ''",
    "'', ''",
  })
  void a_query_may_name_the_model(String query, String name) {
    var found = ModelFinder.inQuery(query);
    assertThat(found instanceof Named named ? named.name() : "").isEqualTo(name);
    assertThat(ModelFinder.inQuery("model=a&x&mod%65l=b")).isInstanceOf(Refused.class);
    assertThat(ModelFinder.inQuery("model=%zz")).isInstanceOf(Refused.class);
  }

  @Test
  void the_type_is_believed_only_where_it_must_be() {
    var body = "{\"model\":\"x\"}".getBytes(UTF_8);
    for (var type : List.of("text/plain", FORM, "application/json", "", "x/y; charset=\"")) {
      assertThat(ModelFinder.find(type, body)).as(type).isInstanceOf(Named.class);
    }
    assertThat(ModelFinder.find(null, body)).isInstanceOf(Named.class);
    assertThat(ModelFinder.find("audio/wav", "RIFF....".getBytes(UTF_8))).isEqualTo(new Foreign());
    assertThat(ModelFinder.find(JSON, new byte[0])).isEqualTo(new Nameless(false));
    assertThat(ModelFinder.find(JSON, "   ".getBytes(UTF_8))).isEqualTo(new Foreign());
  }
}
