package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Endpoint.NotFound;
import io.onebalance.route.Endpoint.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathCheckTest {
  private static final List<String> PLACES =
      List.of(
          "/api/openai/%s",
          "/api/openai/%s/",
          "/api/openai/v1/%s/x",
          "/api/openai/v1/models/%s/%1$s/%1$s/etc",
          "/api/openai/%s%%2fx",
          "/api/openai/v1%%2F%s%%2Fx",
          "/api/openai/v1/%s;a=b/x",
          "/v1/models/%s/x");

  private static List<String> escapes() {
    var dots =
        List.of(
            ".",
            "..",
            "%2e",
            "%2E",
            "%2e%2e",
            ".%2e",
            "%2e.",
            "%2E%2e",
            "%252e%252e",
            "%252e.",
            "%25252e%25252e",
            "..;",
            "%2e%2e;x",
            "..%3b",
            "%00",
            "%0d%0aHost:%20x",
            "%0a",
            "%5c",
            "..%5c..",
            "%255c",
            "\\",
            "..\\..",
            "a\0b",
            "a\rb",
            "a\nb",
            "a b",
            "a\u007fb",
            "ä",
            "a#b",
            "%",
            "%2",
            "%zz",
            "a%2");
    var paths = new ArrayList<String>();
    for (var place : PLACES) {
      for (var dot : dots) {
        paths.add(place.formatted(dot));
      }
    }
    return paths;
  }

  @Test
  @DisplayName("P8 S11 no path leaves the place we put it")
  void paths_that_two_servers_could_read_in_two_ways_are_refused() {
    assertThat(escapes()).hasSizeGreaterThan(200);
    for (var path : escapes()) {
      assertThat(Endpoint.parse("GET", path, ""))
          .as(path)
          .isInstanceOfSatisfying(
              NotFound.class, it -> assertThat(it.reason()).isEqualTo(Reason.UNSAFE_PATH));
    }
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

  @Test
  void a_path_has_a_bound() {
    assertThat(PathCheck.danger("/" + "a".repeat(PathCheck.LONGEST))).isPresent();
  }
}
