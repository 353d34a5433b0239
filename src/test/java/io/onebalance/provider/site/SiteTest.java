package io.onebalance.provider.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.http.Header;
import io.onebalance.http.SafePath;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Destination;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private static final Way DIRECT = new Way.Direct();
  private static final Way GATEWAY =
      Way.Gateway.cloudflare("acct", "gw", Optional.of(new Secret("cf-token")));

  private final Catalogue catalogue = Catalogue.builtIn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // asked | directly | at the gateway; `-` where the gateway does not know the path
        "aws | /bedrock-runtime/us-west-2/model/a.b-v1%3A0/invoke |"
            + " bedrock-runtime.us-west-2.amazonaws.com/model/a.b-v1%3A0/invoke |"
            + " aws-bedrock/bedrock-runtime/us-west-2/model/a.b-v1%3A0/invoke",
        "aws | /model/a.b-v1:0/converse-stream |"
            + " bedrock-runtime.eu-central-1.amazonaws.com/model/a.b-v1:0/converse-stream |"
            + " aws-bedrock/bedrock-runtime/eu-central-1/model/a.b-v1:0/converse-stream",
        "aws | /bedrock-mantle/us-east-1/anthropic/v1/messages |"
            + " bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages |"
            + " aws-bedrock/bedrock-mantle/us-east-1/anthropic/v1/messages",
        "aws | /v1/chat/completions | bedrock-mantle.eu-central-1.api.aws/v1/chat/completions |"
            + " aws-bedrock/bedrock-mantle/eu-central-1/v1/chat/completions",
        "aws | /openai/v1/chat/completions |"
            + " bedrock-runtime.eu-central-1.amazonaws.com/openai/v1/chat/completions |"
            + " aws-bedrock/bedrock-runtime/eu-central-1/openai/v1/chat/completions",
        "aws | /foundation-models | bedrock.eu-central-1.amazonaws.com/foundation-models | -",
        "aws | /bedrock/us-gov-west-1/foundation-models |"
            + " bedrock.us-gov-west-1.amazonaws.com/foundation-models | -",
        "google | /v1/projects/p-1/locations/us-central1/publishers/google/models/m:generateContent"
            + " | us-central1-aiplatform.googleapis.com/v1/projects/p-1/locations/us-central1/publishers/google/models/m:generateContent"
            + " | google-vertex-ai/v1/projects/p-1/locations/us-central1/publishers/google/models"
            + "/m:generateContent",
        "google | /v1/projects/-/locations/global/endpoints/openapi/chat/completions |"
            + " aiplatform.googleapis.com/v1/projects/own-project/locations/global/endpoints/openapi/chat/completions"
            + " | google-vertex-ai/v1/projects/own-project/locations/global/endpoints/openapi"
            + "/chat/completions",
        "google | /v1/locations/eu/publishers/anthropic/models/c:streamRawPredict |"
            + " aiplatform.eu.rep.googleapis.com/v1/projects/own-project/locations/eu/publishers"
            + "/anthropic/models/c:streamRawPredict |"
            + " google-vertex-ai/v1/projects/own-project/locations/eu/publishers/anthropic/models"
            + "/c:streamRawPredict",
        "google | /publishers/google/models/m:countTokens |"
            + " aiplatform.googleapis.com/v1/projects/own-project/locations/global/publishers/google/models/m:countTokens"
            + " | google-vertex-ai/v1/projects/own-project/locations/global/publishers/google/models"
            + "/m:countTokens",
        "google | /v1beta/models/m:generateContent |"
            + " aiplatform.googleapis.com/v1beta1/projects/own-project/locations/global/publishers"
            + "/google/models/m:generateContent |"
            + " google-vertex-ai/v1beta1/projects/own-project/locations/global/publishers/google"
            + "/models/m:generateContent",
        "google | /v1/projects/p-1/operations/7 |"
            + " aiplatform.googleapis.com/v1/projects/p-1/operations/7 |"
            + " google-vertex-ai/v1/projects/p-1/operations/7",
        "express | /v1/publishers/google/models/m:generateContent |"
            + " aiplatform.googleapis.com/v1/publishers/google/models/m:generateContent | -",
        "azure | /my-res/gpt-4o/chat/completions |"
            + " my-res.openai.azure.com/openai/deployments/gpt-4o/chat/completions |"
            + " azure-openai/my-res/gpt-4o/chat/completions",
        "azure | /MY-RES/gpt-4o/chat/completions |"
            + " my-res.openai.azure.com/openai/deployments/gpt-4o/chat/completions |"
            + " azure-openai/my-res/gpt-4o/chat/completions",
        "azure | /openai/deployments/gpt-4o/embeddings |"
            + " my-res.openai.azure.com/openai/deployments/gpt-4o/embeddings |"
            + " azure-openai/my-res/gpt-4o/embeddings",
        "azure | /openai/v1/responses | my-res.openai.azure.com/openai/v1/responses | -",
        "azure | /my-res/openai/v1/models | my-res.openai.azure.com/openai/v1/models | -",
        "azure | /v1/chat/completions | my-res.openai.azure.com/openai/v1/chat/completions | -",
        "workers | /@cf/meta/llama-3.1-8b-instruct |"
            + " api.cloudflare.com/client/v4/accounts/acc1/ai/run/@cf/meta/llama-3.1-8b-instruct |"
            + " workers-ai/@cf/meta/llama-3.1-8b-instruct",
        "workers | /ai/run/@hf/a/b |"
            + " api.cloudflare.com/client/v4/accounts/acc1/ai/run/@hf/a/b | workers-ai/@hf/a/b",
        "workers | /v1/chat/completions |"
            + " api.cloudflare.com/client/v4/accounts/acc1/ai/v1/chat/completions |"
            + " workers-ai/v1/chat/completions",
        "workers | /models/search |"
            + " api.cloudflare.com/client/v4/accounts/acc1/ai/models/search | -",
        "baseten | /v1/chat/completions | inference.baseten.co/v1/chat/completions |"
            + " baseten/v1/chat/completions",
        "baseten | /model/abc123 | model-abc123.api.baseten.co/production/predict |"
            + " baseten/model/abc123",
        "baseten | /model/abc123/development/predict |"
            + " model-abc123.api.baseten.co/development/predict |"
            + " baseten/model/abc123/development/predict",
        "fal | /fal-ai/fast-sdxl | fal.run/fal-ai/fast-sdxl | fal/fal-ai/fast-sdxl",
        "fal | /fal.run/fal-ai/fast-sdxl | fal.run/fal-ai/fast-sdxl | fal/fal-ai/fast-sdxl",
        "fal | /queue.fal.run/fal-ai/fast-sdxl | queue.fal.run/fal-ai/fast-sdxl |"
            + " fal/fal-ai/fast-sdxl",
        "huggingface | /hf-inference/models/a/b |"
            + " router.huggingface.co/hf-inference/models/a/b | huggingface/a/b",
        "huggingface | /a/b | router.huggingface.co/hf-inference/models/a/b | huggingface/a/b",
        "huggingface | /v1/chat/completions | router.huggingface.co/v1/chat/completions | -",
        "huggingface | /huggingface.co/api/whoami-v2 | huggingface.co/api/whoami-v2 | -"
      })
  void paths_lead_to_the_providers_own_hosts_and_to_the_gateway(
      String whose, String path, String direct, String gateway) {
    var there = to(whose, DIRECT, path, "a=b");
    assertThat(there.origin().authority() + there.target()).isEqualTo(direct + "?a=b");
    assertThat(there.viaGateway()).isFalse();
    var through = to(whose, GATEWAY, path, "a=b");
    assertThat(through.viaGateway()).isEqualTo(!gateway.equals("-"));
    assertThat(through.origin().authority() + through.target())
        .isEqualTo(
            gateway.equals("-")
                ? direct + "?a=b"
                : "gateway.ai.cloudflare.com/v1/acct/gw/" + gateway + "?a=b");
  }

  @ParameterizedTest
  @CsvSource({
    "aws, /model/x/invoke, ''",
    "express, /v1/publishers/google/models/m:countTokens, x-goog-api-key: AIzaExpress0123456789",
    "azure, /openai/v1/models, api-key: azure-key-0123456789",
    "workers, /v1/embeddings, authorization: Bearer cf-token-0123456789",
    "fal, /fal-ai/x, authorization: Key plain-key-0123456789",
    "bedrock key, /model/x/invoke, authorization: Bearer bedrock-api-key-0123456789"
  })
  void only_the_part_that_is_the_key_is_sent(String whose, String path, String field) {
    assertThat(to(whose, DIRECT, path, "").headers())
        .extracting(header -> header.name() + ": " + header.value())
        .isEqualTo(field.isEmpty() ? java.util.List.of() : java.util.List.of(field));
  }

  @Test
  void signatures_are_for_the_host_of_aws_also_where_a_gateway_carries_them() {
    for (var way : new Way[] {DIRECT, GATEWAY}) {
      var proof = to("aws", way, "/bedrock-mantle/us-east-1/v1/responses", "x=1").proof();
      assertThat(proof)
          .isInstanceOfSatisfying(
              Proof.Signature.class,
              signature -> {
                assertThat(signature.origin().authority())
                    .isEqualTo("bedrock-mantle.us-east-1.api.aws");
                assertThat(signature.target()).isEqualTo("/v1/responses?x=1");
                assertThat(signature.service()).isEqualTo("bedrock-mantle");
                assertThat(signature.region()).isEqualTo("us-east-1");
              });
    }
    assertThat(to("aws", DIRECT, "/foundation-models", "").proof())
        .isInstanceOfSatisfying(
            Proof.Signature.class,
            signature -> assertThat(signature.service()).isEqualTo("bedrock"));
  }

  @Test
  @DisplayName("S9 a key's own token_uri is never asked")
  void tokens_come_from_the_configured_place() {
    var key = Credentials.serviceAccount("p", Map.of("token_uri", "https://evil.example/token"));
    var vertex = catalogue.find("google-vertex-ai").orElseThrow();
    assertThat(vertex.unfit(key)).hasValueSatisfying(why -> assertThat(why).contains("token_uri"));
    assertThat(to("google", DIRECT, "/v1/endpoints/openapi/chat/completions", "").proof())
        .isInstanceOfSatisfying(
            Proof.Token.class,
            token ->
                assertThat(token.tokens().url()).isEqualTo("https://oauth2.googleapis.com/token"));
  }

  @ParameterizedTest
  @CsvSource({
    "aws, /bedrock-runtime/evil.example/model/x/invoke",
    "aws, /bedrock-runtime/us-east-1.evil.example%2f/model/x/invoke",
    "aws, /bedrock-runtime/us-east-1@evil.example/model/x/invoke",
    "aws, /bedrock-mantle/US-EAST-1/v1/models",
    "aws, /bedrock/x",
    "google, /v1/projects/p/locations/evil.example%2F/publishers/x",
    "google, /v1/projects/p/locations/us-central1.evil.example/publishers/x",
    "google, /v1/locations/-/publishers/x",
    "baseten, /model/evil.example",
    "baseten, /model/ABC/production/predict",
    "baseten, /model/"
  })
  @DisplayName("S9 a client's path never names a host")
  void what_is_no_region_nor_id_never_becomes_a_host(String whose, String path) {
    assertThat(provider(whose).objection(SafePath.of(path, ""))).isPresent();
    assertThatThrownBy(() -> to(whose, DIRECT, path, "")).isInstanceOf(IllegalPath.class);
  }

  @Test
  @DisplayName("S12 a key of one Azure resource never goes to another")
  void a_key_of_one_resource_never_goes_to_another() {
    assertThatThrownBy(() -> to("azure", DIRECT, "/other/gpt-4o/chat/completions", ""))
        .isInstanceOf(IllegalPath.class);
    assertThat(provider("azure").scope("/other/gpt-4o/chat/completions")).isEqualTo("other");
    assertThat(provider("azure").scope("/openai/deployments/d/chat/completions")).isEmpty();
    assertThat(provider("azure").ownPath("/other/gpt-4o/chat/completions"))
        .isEqualTo("/openai/deployments/gpt-4o/chat/completions");
  }

  @Test
  void a_project_in_the_path_chooses_among_keys_unless_it_is_a_dash() {
    assertThat(provider("google").scope("/v1/projects/p-1/locations/global/x")).isEqualTo("p-1");
    assertThat(provider("google").scope("/v1/projects/-/locations/global/x")).isEmpty();
    assertThat(provider("google").scope("/v1/publishers/google/models/m:x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://my-proxy.example/aws", "http://127.0.0.1:1"})
  void a_base_url_of_the_settings_stands_for_all_of_a_providers_hosts(String base) {
    var own = catalogue.with(Map.of("aws-bedrock", Map.of("base-url", base)));
    var aws = own.find("aws-bedrock").orElseThrow();
    for (var path :
        new String[] {"/bedrock-mantle/us-east-1/x", "/model/x", "/foundation-models"}) {
      var there = aws.destination(GATEWAY, path, "", Credentials.AWS);
      assertThat(base).contains(there.origin().authority());
    }
  }

  @Test
  void the_queue_of_fal_is_named_to_the_gateway_in_a_field() {
    assertThat(to("fal", GATEWAY, "/queue.fal.run/fal-ai/x", "fal_webhook=y").headers())
        .contains(new Header(Fal.TARGET, "https://queue.fal.run/fal-ai/x?fal_webhook=y"));
    assertThat(to("fal", GATEWAY, "/fal-ai/x", "").headers())
        .extracting(Header::name)
        .doesNotContain(Fal.TARGET);
  }

  @ParameterizedTest
  @CsvSource({
    "https://queue.fal.run/fal-ai/x?a=b, /queue.fal.run/fal-ai/x?a=b",
    "https://fal.run/fal-ai/x, /fal.run/fal-ai/x",
    "https://evil.example/fal-ai/x, ",
    "https://fal.run.evil.example/x, ",
    "https://fal.run@evil.example/x, ",
    "https://fal.run:444/x, ",
    "http://fal.run/x, ",
    "//fal.run/x, "
  })
  @DisplayName("S9 x-fal-target-url leads to fal's hosts only")
  void only_fals_own_hosts_are_taken_from_its_clients(String target, String path) {
    assertThat(Fal.pathOf(target)).isEqualTo(Optional.ofNullable(path));
  }

  @Test
  void a_custom_provider_needs_no_entry_where_a_gateway_knows_it() {
    var custom = catalogue.find("custom-foo").orElseThrow();
    var there = custom.destination(GATEWAY, "/v1/x", "q=1", new Secret("k-0123456789"));
    assertThat(there.target()).isEqualTo("/v1/acct/gw/custom-foo/v1/x?q=1");
    assertThat(there.headers()).contains(new Header("authorization", "Bearer k-0123456789"));
    assertThat(custom.unreachable(GATEWAY)).isEmpty();
    assertThat(custom.unreachable(DIRECT))
        .hasValueSatisfying(why ->
            assertThat(why).contains("custom-foo", "AI_GATEWAY", "providers.custom-foo.base-url"));
    assertThat(catalogue.find("custom-")).isEmpty();
    assertThat(catalogue.find("custom-a/b")).isEmpty();
  }

  @Test
  void a_custom_provider_may_have_an_entry_with_or_without_a_base_url() {
    var own =
        catalogue.with(
            Map.of(
                "custom-foo", Map.of("base-url", "https://foo.example/v1"),
                "custom-bar", Map.of("auth", "header:x-key")));
    var key = new Secret("k-0123456789");
    assertThat(own.find("custom-foo").orElseThrow().destination(GATEWAY, "/x", "", key).origin())
        .extracting("host")
        .isEqualTo("foo.example");
    var bar = own.find("custom-bar").orElseThrow().destination(GATEWAY, "/x", "", key);
    assertThat(bar.target()).isEqualTo("/v1/acct/gw/custom-bar/x");
    assertThat(bar.headers()).contains(new Header("x-key", "k-0123456789"));
  }

  private Destination to(String whose, Way way, String path, String query) {
    return provider(whose).destination(way, path, query, key(whose));
  }

  private Provider provider(String whose) {
    return catalogue
        .find(
            switch (whose) {
              case "aws", "bedrock key" -> "aws-bedrock";
              case "google", "express" -> "google-vertex-ai";
              case "azure" -> "azure-openai";
              case "workers" -> "workers-ai";
              default -> whose;
            })
        .orElseThrow();
  }

  private static Secret key(String whose) {
    return switch (whose) {
      case "aws" -> Credentials.AWS;
      case "bedrock key" -> new Secret("bedrock-api-key-0123456789");
      case "google" -> Credentials.serviceAccount("own-project");
      case "express" -> new Secret("AIzaExpress0123456789");
      case "azure" -> Credentials.azure("my-res", "azure-key-0123456789");
      case "workers" ->
          new Secret("{\"account_id\":\"acc1\",\"api_token\":\"cf-token-0123456789\"}");
      default -> new Secret("plain-key-0123456789");
    };
  }
}
