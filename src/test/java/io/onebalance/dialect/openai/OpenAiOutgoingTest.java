package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.Asking.HI;
import static io.onebalance.dialect.openai.Asking.write;
import static io.onebalance.dialect.openai.OpenAiRequestTest.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers are sent, each as it takes it.
class OpenAiOutgoingTest {
  /// One member of the request in one case of each provider: what is sent, or `-` where it is
  /// dropped and told.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai|gpt-4.1|\"max_tokens\":9|max_tokens|9",
        "openai|gpt-5|\"max_tokens\":9|max_completion_tokens|9",
        "openai|o3|\"max_completion_tokens\":9|max_completion_tokens|9",
        "azure-openai|o4-mini|\"max_tokens\":9|max_completion_tokens|9",
        "openai|gpt-6-nano|\"max_tokens\":9|max_completion_tokens|9",
        "openrouter|openai/gpt-5|\"max_completion_tokens\":9|max_tokens|9",
        "mistral|mistral-large|\"max_completion_tokens\":9|max_tokens|9",
        "deepseek|deepseek-v4|\"max_completion_tokens\":9|max_tokens|9",
        "groq|llama|\"max_tokens\":9|max_completion_tokens|9",
        "cerebras|llama|\"max_tokens\":9|max_completion_tokens|9",
        "mine|any|\"max_completion_tokens\":9|max_tokens|9",
        "openai|gpt-4.1|\"temperature\":1.5|temperature|1.5",
        "openai|gpt-4.1|\"temperature\":1.0|temperature|1",
        "openai|gpt-5|\"temperature\":1.5|temperature|-",
        "openai|gpt-5|\"top_p\":0.5|top_p|-",
        "openai|gpt-5-chat-latest|\"top_p\":0.5|top_p|0.5",
        "openai|o3|\"stop\":[\"x\"]|stop|-",
        "openai|gpt-4.1|\"stop\":\"x\"|stop|[\"x\"]",
        "openai|gpt-4.1|\"top_k\":5|top_k|-",
        "mine|any|\"top_k\":5|top_k|5",
        "mistral|mistral-large|\"seed\":5|random_seed|5",
        "openai|gpt-4.1|\"seed\":5|seed|5",
        "groq|llama|\"logprobs\":true|logprobs|-",
        "groq|llama|\"logit_bias\":{}|logit_bias|-",
        "openai|gpt-4.1|\"logit_bias\":{}|logit_bias|{}",
        "openai|gpt-4.1|\"logprobs\":true,\"top_logprobs\":3|top_logprobs|3",
        "openai|gpt-4.1|\"n\":2|n|2",
        "cerebras|llama|\"presence_penalty\":1|presence_penalty|-",
        "mistral|mistral-large|\"metadata\":{}|metadata|-",
        "openai|gpt-4.1|\"metadata\":{\"a\":\"b\"}|metadata|{\"a\":\"b\"}",
        "openai|gpt-4.1|\"metadata\":{\"user_id\":\"b\"}|metadata|-",
        "openai|gpt-4.1|\"service_tier\":\"standard_only\"|service_tier|-",
        "openai|gpt-4.1|\"odd\":1|odd|-",
        "openai|gpt-4.1|\"reasoning_effort\":\"high\"|reasoning_effort|-",
        "openai|o3|\"reasoning_effort\":\"minimal\"|reasoning_effort|\"low\"",
        "openai|o3|\"reasoning_effort\":\"none\"|reasoning_effort|-",
        "openai|o3|\"reasoning_effort\":\"max\"|reasoning_effort|\"high\"",
        "openai|gpt-5|\"reasoning_effort\":\"none\"|reasoning_effort|\"minimal\"",
        "openai|gpt-5-mini|\"reasoning_effort\":\"minimal\"|reasoning_effort|\"minimal\"",
        "openai|gpt-5.1|\"reasoning_effort\":\"none\"|reasoning_effort|\"none\"",
        "openai|gpt-5.4|\"reasoning_effort\":\"max\"|reasoning_effort|\"xhigh\"",
        "openai|gpt-6|\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}|reasoning_effort|\"low\"",
        "openai|gpt-6|\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}|reasoning_effort|\"medium\"",
        "openai|gpt-6|\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8193}|reasoning_effort|\"high\"",
        "groq|openai/gpt-oss-120b|\"reasoning_effort\":\"high\"|reasoning_effort|\"high\"",
        "groq|llama|\"reasoning_effort\":\"high\"|reasoning_effort|-",
        "cerebras|gpt-oss-120b|\"reasoning_effort\":\"low\"|reasoning_effort|\"low\"",
        "cerebras|qwen|\"reasoning_effort\":\"low\"|reasoning_effort|-",
        "grok|grok-4|\"reasoning_effort\":\"low\"|reasoning_effort|-",
        "grok|grok-3-mini|\"reasoning_effort\":\"low\"|reasoning_effort|\"low\"",
        "deepseek|deepseek-v4|\"reasoning_effort\":\"low\"|thinking|{\"type\":\"enabled\"}",
        "deepseek|deepseek-v4|\"reasoning_effort\":\"none\"|thinking|{\"type\":\"disabled\"}",
        "openrouter|x|\"reasoning_effort\":\"high\"|reasoning|{\"effort\":\"high\"}",
        "openrouter|x|\"reasoning\":{\"max_tokens\":99,\"exclude\":true}|reasoning|{\"max_tokens\":99,\"exclude\":true}",
        "qwen|qwen3|\"reasoning\":{\"max_tokens\":99}|thinking_budget|99",
        "qwen|qwen3|\"reasoning_effort\":\"none\"|enable_thinking|false",
        "openai|gpt-4.1|\"response_format\":{\"type\":\"json_object\"}|response_format|{\"type\":\"json_object\"}",
        "deepseek|deepseek-v4|\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}|response_format|{\"type\":\"json_object\"}",
        "openai|gpt-4.1|\"stream\":true|stream_options|{\"include_usage\":true}",
        "groq|llama|\"stream\":true|stream_options|{\"include_usage\":true}",
        "mistral|mistral-large|\"stream\":true|stream|true",
      })
  void each_provider_has_its_own_way(
      String provider, String model, String asked, String member, String sent) {
    var outgoing = write(saying(HI, "," + asked), provider, model);
    var body = outgoing.body();
    if (sent.equals("-")) {
      assertThat(body.has(member)).as(body.toString()).isFalse();
      assertThat(outgoing.dropped()).contains(member);
    } else {
      assertThat(body.get(member)).as(body.toString()).isEqualTo(Json.read(sent).orElseThrow());
    }
  }

  @Test
  void mistral_is_not_asked_for_the_usage_it_tells_anyway() {
    var body = write(saying(HI, ",\"stream\":true"), "mistral", "mistral-large").body();
    assertThat(body.has("stream_options")).isFalse();
  }

  @Test
  void instructions_have_the_role_that_the_model_knows() {
    var request = saying("{\"role\":\"developer\",\"content\":\"be\"}," + HI, "");
    assertThat(role(write(request, "openai", "gpt-5"))).isEqualTo("developer");
    assertThat(role(write(request, "openai", "gpt-4.1"))).isEqualTo("system");
    assertThat(role(write(request, "cerebras", "gpt-oss-120b"))).isEqualTo("system");
  }

  private static String role(Outgoing outgoing) {
    return outgoing.body().at("/messages/0/role").stringValue();
  }

  @Test
  void late_instructions_are_the_users_where_only_the_first_count() {
    var request = saying(HI + ",{\"role\":\"system\",\"content\":\"be\"}", "");
    assertThat(write(request, "openai", "gpt-4.1").body().at("/messages/1/role").stringValue())
        .isEqualTo("system");
    var mistral = write(request, "mistral", "mistral-large").body().path("messages");
    assertThat(mistral.size()).isOne();
    assertThat(mistral.toString()).contains("<system-reminder>\\nbe\\n</system-reminder>");
  }

  @Test
  void a_schema_is_told_where_it_cannot_be_set() {
    var format = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}";
    var body = write(saying(HI, format), "deepseek", "deepseek-v4").body();
    assertThat(body.at("/messages/0/content").stringValue()).contains("JSON schema: {}");
  }

  @ParameterizedTest
  @CsvSource({
    "Invent a person., true",
    "'Invent a person, as JSON.', false",
    "Invent a person in Json., false",
  })
  void json_is_wished_for_where_nobody_said_the_word(String said, boolean wished) {
    var format = ",\"response_format\":{\"type\":\"json_object\"}";
    var user = "{\"role\":\"user\",\"content\":\"" + said + "\"}";
    var messages = write(saying(user, format), "openai", "gpt-4.1").body().path("messages");
    assertThat(messages.size()).isEqualTo(wished ? 2 : 1);
    assertThat(messages.path(0).path("role").stringValue()).isEqualTo(wished ? "system" : "user");
    assertThat(messages.path(0).path("content").stringValue()).containsIgnoringCase("json");
  }

  @Test
  void the_fifth_stop_is_dropped_and_told() {
    var outgoing =
        write(saying(HI, ",\"stop\":[\"a\",\"\",\"b\",\"c\",\"d\",\"e\"]"), "openai", "gpt-4.1");
    assertThat(outgoing.body().path("stop").size()).isEqualTo(4);
    assertThat(outgoing.dropped()).containsExactly("stop[4]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"groq", "cerebras", "deepseek", "cohere"})
  void who_gives_one_answer_refuses_more(String provider) {
    var request = saying(HI, ",\"n\":2");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> write(request, provider, "m"))
        .withMessageStartingWith("n: ");
  }
}
