package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RawPathTest {
  private static final Way DIRECT = new Way.Direct();
  private static final Secret KEY = new Secret("key");

  private static final List<String> DOTS =
      List.of(
          ".",
          "..",
          "%2e",
          "%2E",
          "%2e%2e",
          "%2E%2e",
          ".%2e",
          "%2e.",
          "..;",
          "..;a=b",
          "%2e%2e;x",
          ".;",
          "%2e%2e%3b",
          "..%3Bx");

  private static final List<String> SLASHES = List.of("/", "%2f", "%2F");

  private static final List<String> FORBIDDEN =
      List.of(
          "\\",
          "%5c",
          "%5C",
          "#",
          "?",
          " ",
          "\t",
          "\r",
          "\n",
          "\0",
          "\u007f",
          "\u001f",
          "ü",
          "／",
          "\u2024",
          "\uff0e",
          "\ud83d\ude00",
          "%00",
          "%0d",
          "%0a",
          "%0D%0A",
          "%09",
          "%1f",
          "%7f",
          "%",
          "%2!",
          "%zz",
          "%2g",
          "%u002e",
          "%c0%ae",
          "%C0%AF",
          "%c1%9c",
          "%e0%80%ae",
          "%f0%80%80%ae",
          "%f5%80",
          "%ff",
          "%fe",
          "%e0",
          "%1",
          "%٢e");

  @Test
  @DisplayName("P8, S9-S11 no path leads out of the base: 200 variants and more")
  void no_variant_of_an_escape_is_let_through() {
    var variants = escapes();
    assertThat(variants).hasSizeGreaterThan(200);
    assertThat(variants).allSatisfy(path -> assertThat(RawPath.objection(path, "")).isPresent());
    var openai = Catalogue.builtIn().find("openai").orElseThrow();
    assertThat(variants)
        .allSatisfy(path ->
            assertThatThrownBy(() -> openai.destination(DIRECT, path, "", KEY))
                .isInstanceOf(IllegalPath.class));
  }

  @Test
  @DisplayName("P8 what is only unusual goes on byte for byte")
  void harmless_paths_stand() {
    var harmless =
        List.of(
            "/",
            "/v1/",
            "/v1//x",
            "/v1/...",
            "/v1/..a",
            "/v1/a..",
            "/v1/.well-known",
            "/v1/a.b",
            "/v1/models/ft:gpt-4o:org::id",
            "/v1/models/org%2Fname",
            "/v1/a%20b",
            "/v1/%e2%82%ac",
            "/v1/%252e%252e/x",
            "/v1/%252f",
            "/v1/a;b=c/d",
            "/v1/@cf/meta/llama",
            "/v1/a|b",
            "/v1/{x}",
            "/v1/models/x:generateContent",
            "/@evil.example/",
            "/:80/x",
            "/v1/%f0%9f%98%80",
            "/http://evil.example/x",
            "/v1/%23",
            "/v1/%3f");
    assertThat(harmless)
        .allSatisfy(path -> assertThat(RawPath.objection(path, "")).as(path).isEmpty());
  }

  @Test
  @DisplayName("P8 whatever the bytes, a path is refused or stays below its base")
  void random_paths_never_leave_the_base() {
    var groq = Catalogue.builtIn().find("groq").orElseThrow();
    var chance = new Random(8);
    var alphabet = "/.%2eEfF5cC;\\ab:@v1#?&= 0";
    for (var i = 0; i < 100_000; i++) {
      var path = new StringBuilder("/");
      for (var j = chance.nextInt(12); j > 0; j--) {
        path.append(alphabet.charAt(chance.nextInt(alphabet.length())));
      }
      if (RawPath.objection(path.toString(), "").isEmpty()) {
        var there = groq.destination(DIRECT, path.toString(), "", KEY);
        assertThat(there.origin().host()).isEqualTo("api.groq.com");
        assertThat(there.target()).startsWith("/openai/v1").doesNotContain("/../");
      }
    }
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
  }

  private static List<String> escapes() {
    var found = new ArrayList<String>();
    for (var dots : DOTS) {
      for (var slash : SLASHES) {
        found.add("/v1" + slash + dots + slash + "admin");
        found.add("/" + dots + slash + "x");
        found.add("/v1/x" + slash + dots);
      }
      found.add("/" + dots);
      found.add("/v1/" + dots + "/" + dots + "/x");
      found.add(dots + "/x");
    }
    for (var bad : FORBIDDEN) {
      found.add("/" + bad);
      found.add("/v1/" + bad);
      found.add("/v1/a" + bad + "b");
    }
    found.addAll(
        List.of(
            "",
            "v1",
            "http://evil.example/",
            "//evil.example",
            "//evil.example/v1",
            "///x",
            "/%2fevil.example",
            "/%2Fevil.example",
            "/%2f%2fevil.example",
            "/;/x",
            "@evil.example",
            ":80/x",
            ".evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "*"));
    return found;
  }
}
