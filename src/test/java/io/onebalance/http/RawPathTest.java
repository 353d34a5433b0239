package io.onebalance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {
  @Test
  @DisplayName("P8, S9-S11 no path that some server reads as another: 400 variants and more")
  void no_variant_of_an_escape_is_let_through() {
    assertThat(Escapes.all()).doesNotHaveDuplicates().hasSizeGreaterThan(400);
    assertThat(Escapes.all())
        .allSatisfy(path -> assertThat(RawPath.objection(path, "")).as(path).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/",
        "/v1//x",
        "/v1/...",
        "/v1/..a",
        "/v1/a..",
        "/v1/a..b",
        "/v1/.well-known",
        "/v1/a.b",
        "/v1/models/ft:gpt-4o:org::id",
        "/v1/models/org%2Fname",
        "/v1/a%20b",
        "/v1/100%25",
        "/v1/%e2%82%ac",
        "/v1/%E4%BD%A0",
        "/v1/%f0%9f%98%80",
        "/v1/%252f",
        "/v1/a;b=c/d",
        "/v1/@cf/meta/llama",
        "/v1/a|b",
        "/v1/{x}",
        "/v1/models/x:generateContent",
        "/model/anthropic.claude-v1%3A0/invoke",
        "/@evil.example/",
        "/:80/x",
        "/http://evil.example/x",
        "/v1/%23",
        "/v1/%3f"
      })
  @DisplayName("P8 what is only unusual goes on byte for byte")
  void harmless_paths_stand(String path) {
    assertThat(RawPath.objection(path, "")).isEmpty();
  }

  @Test
  void queries_are_refused_for_what_would_end_the_request_line() {
    for (var bad : List.of("a b", "a\rb", "a\nb", "a\0", "a#b", "ü", "\t")) {
      assertThat(RawPath.objection("/v1", bad)).as(bad).isPresent();
    }
    assertThat(RawPath.objection("/v1", "q=..%2f..&a[]={\"x\":1}&p=100%&u=https://x/?y")).isEmpty();
  }

  @Test
  void objections_name_the_trouble_and_do_not_repeat_the_path() {
    assertThat(RawPath.objection("/v1/secret/../x", "").orElseThrow())
        .contains("dot segment")
        .doesNotContain("secret");
    assertThat(RawPath.objection("v1", "").orElseThrow()).contains("does not begin with a slash");
    assertThat(RawPath.objection("//host/x", "").orElseThrow()).contains("empty segment");
    assertThat(RawPath.objection("/%2525252541", "").orElseThrow()).contains("escapes");
  }

  @Test
  void path_and_query_have_a_bound() {
    var longest = "a".repeat(RawPath.LONGEST);
    assertThat(RawPath.objection("/" + longest, "")).isPresent();
    assertThat(RawPath.objection("/", longest + "a")).isPresent();
    assertThat(RawPath.objection("/", longest)).isEmpty();
  }
}
