package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Escapes;
import io.onebalance.route.Endpoint.NotFound;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which paths are served at all.
class EndpointPathTest {
  @Test
  @DisplayName("P8, S11 no path leaves the place we put it")
  void paths_that_two_servers_could_read_in_two_ways_are_not_served() {
    for (var path : Escapes.all()) {
      assertThat(Endpoint.parse("GET", path, "")).as(path).isInstanceOf(NotFound.class);
      if (path.startsWith("/")) {
        assertNotServed(Endpoint.parse("GET", "/api/openai" + path, ""));
      }
    }
  }

  /// What begins a provider's own path is looked at once more when it goes there.
  private static void assertNotServed(Endpoint endpoint) {
    assertThat(endpoint).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/v1",
        "/api/openai//evil.example/v1",
        "api/openai",
        "",
        "http://evil.example/api/openai",
        "*",
        "/api/openai/v1?x"
      })
  void what_could_be_another_host_is_not_served(String path) {
    assertThat(Endpoint.parse("GET", path, "")).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/openai/v1/...",
        "/api/openai/.well-known/x",
        "/api/openai/v1/a..b",
        "/api/openai/v1/models/org%2Fname",
        "/api/openai/v1/x%20y",
        "/api/openai/v1/100%25",
        "/api/openai/v1/..a/b",
        "/api/openai/v1/models/ft:gpt-4o:org::id",
        "/api/aws-bedrock/model/anthropic.claude-v1%3A0/invoke",
        "/api/x/%E4%BD%A0"
      })
  void honest_paths_pass(String path) {
    assertThat(Endpoint.parse("GET", path, "")).isInstanceOf(Endpoint.Native.class);
  }
}
