package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.answer.Dialect;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private final Catalogue catalogue = Catalogue.builtIn();

  @ParameterizedTest
  @CsvSource({
    "google, google-ai-studio",
    "gemini, google-ai-studio",
    "cerebras-ai, cerebras",
    "xai, grok",
    "perplexity, perplexity-ai",
    "openai, openai"
  })
  void names_of_the_contract_find_their_provider(String name, String slug) {
    assertThat(catalogue.find(name).orElseThrow().slug()).isEqualTo(slug);
  }

  @Test
  void every_entry_can_be_addressed_directly_and_by_probe() {
    for (var provider : catalogue.all()) {
      if (provider.unfit(new Secret("k".repeat(40))).isPresent()) {
        continue; // SiteTest has the credentials that these need
      }
      var probe = provider.about().probe().map(Probe::path).orElse("/");
      var there = provider.destination(new Way.Direct(), probe, "", new Secret("k".repeat(40)));
      assertThat(there.origin().tls()).as(provider.slug()).isTrue();
      assertThat(there.headers()).as(provider.slug()).hasSize(1);
    }
  }

  @Test
  void holds_every_provider_of_cloudflares_list() {
    assertThat(catalogue.all())
        .extracting(Provider::slug)
        .contains(
            "google-ai-studio",
            "openai",
            "anthropic",
            "groq",
            "mistral",
            "deepseek",
            "openrouter",
            "grok",
            "cerebras",
            "fireworks",
            "perplexity-ai",
            "cohere",
            "huggingface",
            "baseten",
            "qwen",
            "anyrouter",
            "elevenlabs",
            "cartesia",
            "deepgram",
            "fal",
            "ideogram",
            "parallel",
            "replicate",
            "aws-bedrock",
            "google-vertex-ai",
            "azure-openai",
            "workers-ai");
  }

  @Test
  void an_openai_like_provider_is_one_entry() {
    var with = catalogue.with(Map.of("neon", Map.of("base-url", "https://neon.example/v1")));
    var neon = with.find("neon").orElseThrow();
    assertThat(neon.dialect()).isEqualTo(Dialect.OPENAI);
    assertThat(neon.compatPath("chat/completions")).contains("/chat/completions");
    var there =
        neon.destination(new Way.Direct(), "/v1/chat/completions", "", new Secret("s3cret"));
    assertThat(there.target()).isEqualTo("/v1/chat/completions");
    assertThat(there.origin().authority()).isEqualTo("neon.example");
  }

  @Test
  void settings_change_single_fields_and_keep_the_rest() {
    var with = catalogue.with(Map.of("anthropic", Map.of("headers", Map.of("x-team", "a"))));
    var there =
        with.find("anthropic")
            .orElseThrow()
            .destination(new Way.Direct(), "/v1/messages", "", new Secret("sk-ant-x"));
    assertThat(there.headers()).extracting("name").containsExactly("x-team", "x-api-key");
    assertThat(there.defaults()).extracting("name").containsExactly("anthropic-version");
  }

  @Test
  void a_changed_base_url_is_gone_to_directly_though_a_gateway_is_configured() {
    var gateway = Way.Gateway.cloudflare("acct", "gw", Optional.empty());
    var with = catalogue.with(Map.of("openai", Map.of("base-url", "https://proxy.example/v1")));
    assertThat(with.find("openai").orElseThrow().viaGateway(gateway)).isFalse();
    assertThat(catalogue.find("openai").orElseThrow().viaGateway(gateway)).isTrue();
  }

  @Test
  void the_program_itself_may_bring_a_provider_with_a_reserved_slug() {
    var sandbox = Provider.of("sandbox", Map.of("base-url", "http://127.0.0.1:8081"));
    assertThat(catalogue.with(sandbox).find("sandbox")).contains(sandbox);
    assertThat(
            catalogue.with(sandbox).with(Map.of("qwen", Map.of("via", "direct"))).find("sandbox"))
        .contains(sandbox);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sandbox  | base-url | https://x.example | reserved",
        "google   | base-url | https://x.example | write providers.google-ai-studio",
        "Bad/Slug | base-url | https://x.example | allowed: a-z",
        "new      | base_url | https://x.example | base_url is not a field; allowed: account,"
            + " aliases, auth, base-url",
        "new      | dialect  | openai            | base-url is missing",
        "openai   | base-url | ftp://x.example   | has no http or https",
        "openai   | base-url | https:///x        | names no host",
        "openai   | base-url | https://u:p@x.com | has a user or password in it",
        "openai   | base-url | https://x.com/?a=b| has a query in it",
        "openai   | base-url | https://x.com/#a  | has a fragment in it",
        "openai   | base-url | https://x.com/../a| dot segment",
        "openai   | dialect  | claude            | dialect is 'claude'; allowed: openai, anthropic,"
            + " gemini, none",
        "openai   | auth     | basic             | allowed: bearer, header:NAME, query:NAME,"
            + " prefix:WORD",
        "openai   | auth     | header:host       | no usable name",
        "openai   | via      | proxy             | via is 'proxy'; allowed: either, direct,"
            + " gateway",
        "openai   | models   | gpt-5             | models is not a list",
        "openai   | headers  | a: b              | headers is not a group of fields",
        "openai   | errors   | aws               | allowed: google, vertex, openai, azure,"
            + " anthropic, bedrock, workers-ai, media",
        "openai   | limits   | x-ratelimit-*     | limits is not a group of fields"
      })
  void refusals_name_the_entry_the_field_and_what_is_allowed(
      String slug, String field, String value, String says) {
    assertThatThrownBy(() -> catalogue.with(Map.of(slug, Map.of(field, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("providers." + slug)
        .hasMessageContaining(says)
        .hasMessageNotContaining("u:p");
  }

  @Test
  void a_taken_alias_is_refused() {
    var fields = Map.of("base-url", "https://x.example", "aliases", List.of("openai"));
    assertThatThrownBy(() -> catalogue.with(Map.of("mine", fields)))
        .hasMessageContaining("the name 'openai' is openai's");
  }

  @Test
  void connection_fields_cannot_be_set() {
    var fields = Map.of("headers", Map.of("Host", "x"));
    assertThatThrownBy(() -> catalogue.with(Map.of("openai", fields)))
        .hasMessageContaining("providers.openai.headers.Host");
  }

  @Test
  void an_entry_that_insists_on_a_gateway_is_objected_to_where_there_is_none() {
    var with = catalogue.with(Map.of("groq", Map.of("via", "gateway")));
    assertThat(with.objection(new Way.Direct()).orElseThrow()).contains("providers.groq.via");
    assertThat(with.objection(Way.Gateway.cloudflare("a", "b", Optional.empty()))).isEmpty();
    assertThat(catalogue.objection(new Way.Direct())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, google-ai-studio",
    "gpt-4o-mini, openai",
    "claude-sonnet-4-5, anthropic",
    "deepseek-chat, deepseek",
    "gpt-oss-120b, cerebras",
    "grok-4, grok",
    "sonar, perplexity-ai"
  })
  void bare_model_names_find_their_provider(String model, String slug) {
    assertThat(catalogue.offering(model)).extracting(Provider::slug).containsExactly(slug);
  }

  @Test
  void an_ambiguous_bare_name_names_all_its_providers() {
    var mine = Map.of("base-url", "https://x.example", "models", List.of("gpt-*"));
    assertThat(catalogue.with(Map.of("mine", mine)).offering("gpt-4o"))
        .extracting(Provider::slug)
        .containsExactly("openai", "mine");
    assertThat(catalogue.offering("nothing-like-it")).isEmpty();
  }
}
