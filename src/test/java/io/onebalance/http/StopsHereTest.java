package io.onebalance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopsHereTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection",
        "keep-alive",
        "proxy-connection",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "http2-settings",
        "host",
        "content-length",
        "expect",
        "accept-encoding",
        "authorization",
        "x-api-key",
        "x-goog-api-key",
        "api-key",
        "x-amz-security-token",
        "X-Amz-Date",
        "x-amz-content-sha256",
        "xi-api-key",
        "x-auth-key",
        "x-auth-email",
        "x-auth-user-service-key",
        "ocp-apim-subscription-key",
        "cookie",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "forwarded",
        "via",
        "x-real-ip",
        "cf-connecting-ip",
        "cf-ray",
        "cf-ipcountry",
        "cf-access-client-secret",
        "true-client-ip",
        "cdn-loop",
        "origin",
        "access-control-request-method",
        "sec-websocket-key",
        "sec-websocket-protocol",
        "x-one-balance-explain",
        "cf-aig-authorization",
        "cf-aig-skip-cache",
        "x-fal-target-url",
        "openai-organization",
        "x-goog-user-project",
        "x-hf-bill-to",
        ":authority",
      })
  @DisplayName("D4 S9 S12 these request fields never go straight to a provider")
  void these_request_fields_never_go_to_a_provider(String name) {
    assertThat(StopsHere.request(name)).isTrue();
    assertThat(StopsHere.request(name.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(StopsHere.request(name, Road.DIRECT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept",
        "content-type",
        "content-encoding",
        "user-agent",
        "anthropic-version",
        "anthropic-beta",
        "openai-beta",
        "x-goog-api-client",
        "x-goog-upload-command",
        "http-referer",
        "x-title",
        "idempotency-key",
        "range",
        "if-none-match",
        "traceparent",
        "x-stainless-lang",
        "x-request-id",
        "cfg",
        "x-forwardedfor",
        "xapi-key",
        "",
      })
  void other_request_fields_go_on(String name) {
    assertThat(StopsHere.request(name)).isFalse();
    assertThat(StopsHere.request(name, Road.GATEWAY_WITH_TOKEN)).isFalse();
  }

  @Test
  void fields_for_cloudflares_gateway_go_on_only_to_a_gateway() {
    for (var name : List.of("cf-aig-skip-cache", "CF-AIG-Metadata", "cf-aig-cache-ttl")) {
      assertThat(StopsHere.request(name, Road.DIRECT)).isTrue();
      assertThat(StopsHere.request(name, Road.GATEWAY)).isFalse();
      assertThat(StopsHere.request(name, Road.GATEWAY_WITH_TOKEN)).isFalse();
    }
    assertThat(StopsHere.request("cf-connecting-ip", Road.GATEWAY)).isTrue();
    assertThat(StopsHere.request("authorization", Road.GATEWAY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cf-aig-zdr",
        "cf-aig-skip-cache",
        "cf-aig-cache-ttl",
        "cf-aig-cache-key",
        "cf-aig-collect-log",
        "cf-aig-collect-log-payload",
        "cf-aig-metadata",
        "cf-aig-event-id",
        "cf-aig-custom-cost",
        "cf-aig-request-timeout",
        "cf-aig-max-attempts",
        "cf-aig-retry-delay",
        "cf-aig-backoff",
        "cf-aig-otel-trace-id",
        "cf-aig-otel-parent-span-id",
        "cf-aig-session-id",
        "cf-aig-turn-id",
        "cf-aig-no-session-affinity",
        "cf-aig-allowed-models",
        "cf-aig-allowed-providers",
        "cf-aig-no-wholesale",
      })
  void all_that_a_client_may_tell_the_gateway_goes_on_to_it_alone(String name) {
    assertThat(StopsHere.request(name, Road.DIRECT)).isTrue();
    assertThat(StopsHere.request(name, Road.GATEWAY)).isFalse();
    assertThat(StopsHere.request(name, Road.GATEWAY_WITH_TOKEN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cf-skip-cache", "cf-cache-ttl", "x-fal-target-url", "cf-worker"})
  void what_is_not_the_gateways_stops_on_every_road(String name) {
    for (var road : Road.values()) {
      assertThat(StopsHere.request(name, road)).isTrue();
    }
  }

  @Test
  void a_callers_gateway_token_goes_on_only_where_none_is_set() {
    assertThat(StopsHere.request("CF-Aig-Authorization", Road.DIRECT)).isTrue();
    assertThat(StopsHere.request("CF-Aig-Authorization", Road.GATEWAY)).isFalse();
    assertThat(StopsHere.request("CF-Aig-Authorization", Road.GATEWAY_WITH_TOKEN)).isTrue();
  }

  @Test
  @DisplayName("S9 no caller chooses among the keys or gateways stored at Cloudflare")
  void no_caller_steers_the_gateways_choice_of_keys() {
    for (var name : List.of("cf-aig-byok-alias", "cf-aig-gateway-id")) {
      assertThat(StopsHere.request(name, Road.GATEWAY)).isTrue();
      assertThat(StopsHere.request(name, Road.GATEWAY_WITH_TOKEN)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection",
        "keep-alive",
        "transfer-encoding",
        "trailer",
        "upgrade",
        "set-cookie",
        "x-ratelimit-remaining-requests",
        "x-ratelimitbysize-limit-minute",
        "ratelimitbysize-remaining",
        "ratelimit-policy",
        "ratelimit",
        "retry-after",
        "retry-after-ms",
        "anthropic-ratelimit-unified-status",
        "anthropic-priority-input-tokens",
        "anthropic-organization-id",
        "openai-organization",
        "openai-project",
        "alt-svc",
        "strict-transport-security",
        "nel",
        "access-control-allow-origin",
        "www-authenticate",
        "proxy-authenticate",
        "x-one-balance-key",
        "cf-aig-dlp",
        "cf-aig-run-id",
        "cf-aig-routing-decision-id",
        "cf-aig-authorization",
      })
  @DisplayName("S12 account, limit and connection fields of an answer never come back")
  void these_answer_fields_never_come_back(String name) {
    assertThat(StopsHere.answer(name)).isTrue();
    assertThat(StopsHere.answer(name.toUpperCase(Locale.ROOT))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-type",
        "content-length",
        "content-encoding",
        "content-disposition",
        "date",
        "server",
        "via",
        "cf-ray",
        "cf-aig-log-id",
        "cf-aig-request-id",
        "cf-aig-event-id",
        "cf-aig-step",
        "cf-aig-cache-status",
        "cf-aig-model",
        "cf-aig-provider",
        "cf-aig-routed-model",
        "cf-aig-routing-reason",
        "x-request-id",
        "request-id",
        "openai-processing-ms",
        "openai-version",
        "x-goog-upload-url",
        "location",
        "etag",
        "cache-control",
        "vary",
        "x-should-retry",
      })
  void other_answer_fields_come_back(String name) {
    assertThat(StopsHere.answer(name)).isFalse();
  }

  @Test
  @DisplayName("F49 what Connection names stops, and only that")
  void what_connection_names_stops() {
    var named = StopsHere.namedBy("keep-alive, X-Hop ,authorization,, close");
    assertThat(named.names("x-hop")).isTrue();
    assertThat(named.names("X-HOP")).isTrue();
    assertThat(named.names("authorization")).isTrue();
    assertThat(named.names("x-other")).isFalse();
    assertThat(named.names("close")).isFalse();
    assertThat(StopsHere.namedBy("keep-alive").names("keep-alive")).isFalse();
    assertThat(StopsHere.namedBy("").names("")).isFalse();
  }
}
