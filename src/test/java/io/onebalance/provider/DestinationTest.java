package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.http.Header;
import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  private static final Secret KEY = new Secret("sk-0123456789abcdefghij");
  private static final Way DIRECT = new Way.Direct();
  private static final Way GATEWAY =
      Way.Gateway.cloudflare("acct", "gw", Optional.of(new Secret("cf-token")));

  private final Catalogue catalogue = Catalogue.builtIn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | /v1/chat/completions | api.openai.com/v1/chat/completions",
        "openai | /chat/completions | api.openai.com/v1/chat/completions",
        "openai | /v1/models/ft:gpt-4o:a::b | api.openai.com/v1/models/ft:gpt-4o:a::b",
        "openai | /v1 | api.openai.com/v1",
        "openai | /v1beta/x | api.openai.com/v1/v1beta/x",
        "openai | /v10 | api.openai.com/v1/v10",
        "google-ai-studio | /v1beta/models/m:generateContent |"
            + " generativelanguage.googleapis.com/v1beta/models/m:generateContent",
        "google-ai-studio | /v1/models/m:generateContent |"
            + " generativelanguage.googleapis.com/v1/models/m:generateContent",
        "google-ai-studio | /v1alpha/models | generativelanguage.googleapis.com/v1alpha/models",
        "google-ai-studio | /models/m:countTokens |"
            + " generativelanguage.googleapis.com/v1beta/models/m:countTokens",
        "google-ai-studio | /upload/v1beta/files |"
            + " generativelanguage.googleapis.com/upload/v1beta/files",
        "google-ai-studio | /v1beta/openai/chat/completions |"
            + " generativelanguage.googleapis.com/v1beta/openai/chat/completions",
        "google-ai-studio | /openai/chat/completions |"
            + " generativelanguage.googleapis.com/v1beta/openai/chat/completions",
        "google-ai-studio | /ws/google.ai.X.BidiGenerateContent |"
            + " generativelanguage.googleapis.com/ws/google.ai.X.BidiGenerateContent",
        "groq | /chat/completions | api.groq.com/openai/v1/chat/completions",
        "groq | /v1/chat/completions | api.groq.com/openai/v1/chat/completions",
        "groq | /openai/v1/chat/completions | api.groq.com/openai/v1/chat/completions",
        "openrouter | /chat/completions | openrouter.ai/api/v1/chat/completions",
        "openrouter | /v1/chat/completions | openrouter.ai/api/v1/chat/completions",
        "openrouter | /api/v1/chat/completions | openrouter.ai/api/v1/chat/completions",
        "deepseek | /chat/completions | api.deepseek.com/chat/completions",
        "deepseek | /v1/chat/completions | api.deepseek.com/v1/chat/completions",
        "deepseek | /anthropic/v1/messages | api.deepseek.com/anthropic/v1/messages",
        "anthropic | /v1/messages | api.anthropic.com/v1/messages",
        "anthropic | /messages | api.anthropic.com/v1/messages",
        "mistral | /chat/completions | api.mistral.ai/v1/chat/completions",
        "fireworks | /v1/models | api.fireworks.ai/inference/v1/models",
        "cohere | /v2/chat | api.cohere.com/v2/chat",
        "cohere | /compatibility/v1/chat/completions |"
            + " api.cohere.com/compatibility/v1/chat/completions",
        "qwen | /chat/completions |"
            + " dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions",
        "huggingface | /hf-inference/models/a/b | router.huggingface.co/hf-inference/models/a/b",
        "deepgram | /listen | api.deepgram.com/v1/listen",
        "fal | /fal-ai/fast-sdxl | fal.run/fal-ai/fast-sdxl",
        "replicate | /predictions | api.replicate.com/v1/predictions"
      })
  void paths_are_joined_to_the_base(String slug, String path, String whole) {
    var there = to(slug, DIRECT, path);
    assertThat(there.origin().authority() + there.target()).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | /v1/chat/completions | openai/chat/completions",
        "openai | /chat/completions | openai/chat/completions",
        "google-ai-studio | /v1beta/models/m:generateContent |"
            + " google-ai-studio/v1beta/models/m:generateContent",
        "google-ai-studio | /v1beta/openai/chat/completions |"
            + " google-ai-studio/v1beta/openai/chat/completions",
        "anthropic | /v1/messages | anthropic/v1/messages",
        "groq | /openai/v1/chat/completions | groq/chat/completions",
        "mistral | /v1/chat/completions | mistral/v1/chat/completions",
        "deepseek | /chat/completions | deepseek/chat/completions",
        "openrouter | /chat/completions | openrouter/v1/chat/completions",
        "grok | /chat/completions | grok/v1/chat/completions",
        "cerebras | /v1/chat/completions | cerebras/chat/completions",
        "fireworks | /chat/completions | fireworks/chat/completions",
        "perplexity-ai | /chat/completions | perplexity-ai/chat/completions",
        "cohere | /v2/chat | cohere/v2/chat",
        "baseten | /chat/completions | baseten/v1/chat/completions",
        "replicate | /v1/predictions | replicate/predictions",
        "elevenlabs | /v1/text-to-speech/x | elevenlabs/v1/text-to-speech/x",
        "cartesia | /tts/bytes | cartesia/tts/bytes",
        "deepgram | /v1/listen | deepgram/v1/listen",
        "fal | /fal-ai/fast-sdxl | fal/fal-ai/fast-sdxl",
        "ideogram | /v1/ideogram-v3/generate | ideogram/v1/ideogram-v3/generate",
        "parallel | /v1/tasks/runs | parallel/v1/tasks/runs"
      })
  void paths_are_mapped_to_the_gateway(String slug, String path, String whole) {
    var there = to(slug, GATEWAY, path);
    assertThat(there.origin().authority()).isEqualTo("gateway.ai.cloudflare.com");
    assertThat(there.target()).isEqualTo("/v1/acct/gw/" + whole);
  }

  @Test
  void the_gateway_hears_our_token_and_does_not_retry_or_pay() {
    var there = to("openai", GATEWAY, "/v1/models");
    assertThat(there.headers())
        .contains(
            new Header("authorization", "Bearer " + KEY.reveal()),
            new Header("cf-aig-authorization", "Bearer cf-token"),
            new Header("cf-aig-max-attempts", "1"),
            new Header("cf-aig-no-wholesale", "true"));
    assertThat(there.defaults()).containsExactly(new Header("cf-aig-skip-cache", "true"));
  }

  @Test
  void an_unauthenticated_gateway_hears_no_token() {
    var open = new Way.Gateway(BaseUrl.parse("https://ai.example.com/"), Optional.empty());
    var there = to("anthropic", open, "/v1/messages");
    assertThat(there.target()).isEqualTo("/anthropic/v1/messages");
    assertThat(there.headers()).extracting(Header::name).doesNotContain("cf-aig-authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen", "anyrouter"})
  void what_the_gateway_does_not_know_is_asked_directly(String slug) {
    assertThat(to(slug, GATEWAY, "/v1/x").origin().host()).doesNotContain("cloudflare");
    assertThat(catalogue.find(slug).orElseThrow().viaGateway(GATEWAY)).isFalse();
  }

  @Test
  void a_custom_provider_can_take_the_gateway() {
    var fields = Map.<String, Object>of("base-url", "https://x.example/api/v1", "via", "gateway");
    var there = Provider.of("mine", fields).destination(GATEWAY, "/chat/completions", "a=b", KEY);
    assertThat(there.target()).isEqualTo("/v1/acct/gw/custom-mine/chat/completions?a=b");
  }

  @Test
  void a_provider_that_insists_on_the_gateway_never_goes_directly() {
    var fields = Map.<String, Object>of("base-url", "https://x.example", "via", "gateway");
    var mine = Provider.of("mine", fields);
    assertThatThrownBy(() -> mine.destination(DIRECT, "/x", "", KEY))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | /v1/models | authorization | Bearer sk-0123456789abcdefghij",
        "google-ai-studio | /v1beta/models | x-goog-api-key | sk-0123456789abcdefghij",
        "google-ai-studio | /v1beta/openai/models | authorization | Bearer sk-0123456789abcdefghij",
        "google-ai-studio | /openai/models | authorization | Bearer sk-0123456789abcdefghij",
        "google-ai-studio | /v1beta/openaix | x-goog-api-key | sk-0123456789abcdefghij",
        "anthropic | /v1/messages | x-api-key | sk-0123456789abcdefghij",
        "elevenlabs | /v1/models | xi-api-key | sk-0123456789abcdefghij",
        "deepgram | /v1/listen | authorization | Token sk-0123456789abcdefghij",
        "fal | /fal-ai/x | authorization | Key sk-0123456789abcdefghij",
        "ideogram | /v1/x | api-key | sk-0123456789abcdefghij"
      })
  void the_key_is_put_where_the_provider_looks(
      String slug, String path, String name, String value) {
    assertThat(to(slug, DIRECT, path).headers()).containsExactly(new Header(name, value));
  }

  @Test
  void a_key_in_the_query_is_encoded_and_added_to_what_the_client_wrote() {
    var fields = Map.<String, Object>of("base-url", "http://x.example:81", "auth", "query:token");
    var mine = Provider.of("mine", fields);
    assertThat(mine.destination(DIRECT, "/a", "q=%20", new Secret("a&b")).target())
        .isEqualTo("/a?q=%20&token=a%26b");
    assertThat(mine.destination(DIRECT, "/a", "", new Secret("ab")).target())
        .isEqualTo("/a?token=ab");
    assertThat(mine.destination(DIRECT, "/a", "", KEY).toString()).isEqualTo("x.example:81");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\0b"})
  @DisplayName("S13 a key with CR, LF or NUL is never sent")
  void a_key_with_a_line_end_is_refused(String key) {
    for (var auth : List.of(new Auth.Bearer(), new Auth.Prefix("Key"), new Auth.InHeader("x"))) {
      assertThatThrownBy(() -> auth.header(new Secret(key)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Auth.InQuery("k").query("", new Secret(key)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("D15 the query goes on byte for byte")
  void the_query_goes_on_byte_for_byte() {
    var query = "alt=sse&pageToken=a%2Fb&q=a+b%20c&x[]=1&empty=";
    var there =
        catalogue
            .find("google")
            .orElseThrow()
            .destination(DIRECT, "/v1beta/models/m:streamGenerateContent", query, KEY);
    assertThat(there.target()).isEqualTo("/v1beta/models/m:streamGenerateContent?" + query);
  }

  @Test
  void the_openai_like_surface_is_where_the_catalogue_says() {
    assertThat(compat("openai")).contains("/chat/completions");
    assertThat(compat("google-ai-studio")).contains("/v1beta/openai/chat/completions");
    assertThat(compat("cohere")).contains("/compatibility/v1/chat/completions");
    assertThat(compat("anthropic")).isEmpty();
    assertThat(compat("elevenlabs")).isEmpty();
  }

  private Optional<String> compat(String slug) {
    return catalogue.find(slug).orElseThrow().compatPath("chat/completions");
  }

  private Destination to(String slug, Way way, String path) {
    return catalogue.find(slug).orElseThrow().destination(way, path, "", KEY);
  }
}
