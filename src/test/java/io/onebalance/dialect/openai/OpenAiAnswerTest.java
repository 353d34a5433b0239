package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.Heard.ID;
import static io.onebalance.dialect.openai.Heard.delta;
import static io.onebalance.dialect.openai.Heard.envelope;
import static io.onebalance.dialect.openai.Heard.finish;
import static io.onebalance.dialect.openai.Heard.gathered;
import static io.onebalance.dialect.openai.Heard.heard;
import static io.onebalance.dialect.openai.Heard.read;
import static io.onebalance.dialect.openai.Heard.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers answer in this dialect, whole and piece by piece, and what clients hear of it.
class OpenAiAnswerTest {
  @Test
  void thoughts_have_two_names() {
    for (var name : List.of("reasoning_content", "reasoning")) {
      var message = "{\"%s\":\"hm\",\"content\":\"so\"}".formatted(name);
      var whole = read(message, "\"stop\"");
      assertThat(whole.choices().getFirst().parts())
          .containsExactly(new Part.Thinking("hm", Optional.empty()), Part.Text.of("so"));
      assertThat(gathered(heard(true, delta(message), finish("stop")))).isEqualTo(whole);
      var answer = new OpenAiClient().write(whole, envelope(""));
      assertThat(answer.at("/choices/0/message/reasoning_content").stringValue()).isEqualTo("hm");
    }
  }

  @Test
  void mistrals_thoughts_are_parts() {
    var message =
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
            + "{\"type\":\"text\",\"text\":\"so\"},{\"type\":\"reference\",\"reference_ids\":[1]}]}";
    assertThat(read(message, "\"stop\"").choices().getFirst().parts())
        .containsExactly(new Part.Thinking("hm", Optional.empty()), Part.Text.of("so"));
  }

  @Test
  void signatures_pass_both_ways() {
    var message =
        "{\"content\":\"so\",\"extra_content\":{\"google\":{\"thought_signature\":\"T\"}},"
            + "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
            + "\"extra_content\":{\"google\":{\"thought_signature\":\"C\"}}}]}";
    var whole = read(message, "\"tool_calls\"");
    var deltas = heard(true, delta(message), finish("tool_calls"));
    assertThat(gathered(deltas)).isEqualTo(whole);
    assertThat(gathered(heard(told(deltas, "")))).isEqualTo(whole);
    var written = new OpenAiClient().write(whole, envelope(""));
    assertThat(new OpenAiProvider().read(written, ID)).isEqualTo(whole);
  }

  @Test
  void signatures_of_others_stay_out() {
    var claude = new Signature(Signature.Maker.ANTHROPIC, "A");
    var deltas =
        List.of(
            new Delta.Thinking(0, "hm"),
            new Delta.Signed(0, claude),
            new Delta.Redacted(0, claude),
            new Delta.Text(0, "so"),
            (Delta) new Delta.Finished(0, FinishReason.STOP, Optional.empty()));
    assertThat(told(deltas, "")).doesNotContain("\"A\"").doesNotContain("extra_content");
    var answer = new OpenAiClient().write(gathered(deltas), envelope(""));
    assertThat(answer.toString()).doesNotContain("\"A\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}|10|0|5|0",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":3}}|10|4|5|3",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":6}|10|6|5|0",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"cached_tokens\":6}|10|6|5|0",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":18,\"completion_tokens_details\":{\"reasoning_tokens\":3}}|10|0|8|3",
        "{\"prompt_tokens\":null,\"completion_tokens\":-1}|0|0|0|0",
      })
  void usage_counts_caches_in_and_thoughts_out(
      String usage, long input, long cached, long output, long reasoning) {
    var expected = new Usage(input, cached, 0, output, reasoning);
    var body = "{\"choices\":[{\"message\":{\"content\":\"so\"}}],\"usage\":" + usage + "}";
    var reply = new OpenAiProvider().read(Json.read(body).orElseThrow(), ID);
    assertThat(reply.usage()).hasValue(expected);
    var written = new OpenAiClient().write(reply, envelope("")).path("usage");
    assertThat(written.path("prompt_tokens").longValue()).isEqualTo(input);
    assertThat(written.path("total_tokens").longValue()).isEqualTo(input + output);
    assertThat(written.at("/prompt_tokens_details/cached_tokens").longValue()).isEqualTo(cached);
    assertThat(written.at("/completion_tokens_details/reasoning_tokens").longValue())
        .isEqualTo(reasoning);
  }

  @Test
  void an_answer_is_never_without_a_choice() {
    var stream = told(heard(true, finish("stop")), "");
    assertThat(stream).contains("\"role\":\"assistant\"").contains("\"finish_reason\":\"stop\"");
    var answer = new OpenAiClient().write(read("{}", "\"stop\""), envelope(""));
    assertThat(answer.at("/choices/0/message/content").stringValue()).isEmpty();
  }

  @Test
  void choices_have_their_own_stories() {
    var deltas =
        heard(
            true,
            "{\"index\":1,\"delta\":{\"content\":\"b\"}}",
            "{\"index\":0,\"delta\":{\"content\":\"a\"}}",
            "{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}",
            finish("stop"));
    var body =
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"b\"},\"finish_reason\":\"length\"},"
            + "{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
    assertThat(gathered(deltas))
        .isEqualTo(new OpenAiProvider().read(Json.read(body).orElseThrow(), ID));
  }

  @Test
  void parts_of_kinds_that_nobody_knows_are_passed_over() {
    var content = "{\"content\":[{\"type\":\"new\",\"x\":1},{\"type\":\"text\",\"text\":\"hi\"}]}";
    assertThat(read(content, "\"stop\"").choices().getFirst().parts())
        .containsExactly(Part.Text.of("hi"));
    assertThat(heard(true, "{\"delta\":" + content + ",\"finish_reason\":\"stop\"}"))
        .startsWith(new Delta.Text(0, "hi"));
  }

  @Test
  void refusals_pictures_and_logprobs_pass() {
    var tokens =
        "{\"content\":[{\"token\":\"so\",\"logprob\":-0.1,\"bytes\":null,\"top_logprobs\":[]}]}";
    var message =
        "{\"refusal\":\"no\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\"}}],\"annotations\":[{}]}";
    var choice = "{\"index\":0,\"%s\":%s,\"logprobs\":%s,\"finish_reason\":\"stop\"}";
    var whole =
        new OpenAiProvider()
            .read(
                Json.read("{\"choices\":[" + choice.formatted("message", message, tokens) + "]}")
                    .orElseThrow(),
                ID);
    var deltas = heard(true, choice.formatted("delta", message, tokens));
    assertThat(gathered(deltas)).isEqualTo(whole);
    assertThat(gathered(heard(told(deltas, "")))).isEqualTo(whole);
    assertThat(whole.choices().getFirst().reason()).isEqualTo(FinishReason.REFUSED);
    var answer = new OpenAiClient().write(whole, envelope(""));
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
    assertThat(new OpenAiProvider().read(answer, ID)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":7}",
        "{\"choices\":[7]}",
        "{\"choices\":[{\"message\":{\"content\":7}}]}",
        "{\"choices\":[{\"message\":{},\"finish_reason\":\"error\"}]}",
        "{\"error\":{\"message\":\"sk-secret\",\"code\":502}}",
        "{\"error\":\"sk-secret\"}",
        "{\"object\":\"error\",\"message\":\"sk-secret\"}",
      })
  void what_is_no_answer_is_not_read_as_one(String body) {
    assertThatExceptionOfType(UnreadableAnswer.class)
        .isThrownBy(() -> new OpenAiProvider().read(Json.read(body).orElseThrow(), ID))
        .satisfies(odd -> assertThat(odd.getMessage()).doesNotContain("secret"));
  }
}
