package io.onebalance.route.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Endpoint;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnwardUrlTest {
  private static final String GOOGLE = "https://generativelanguage.googleapis.com";
  private static final String GATEWAY =
      "https://gateway.ai.cloudflare.com/v1/account/gate/google-ai-studio";
  private static final String TARGET =
      "/upload/v1beta/files?upload_id=AbC&upload_protocol=resumable";

  @ParameterizedTest
  @CsvSource({
    GOOGLE + TARGET,
    GATEWAY + TARGET,
    "https://generativelanguage.googleapis.com:443" + TARGET,
    "HTTPS://GenerativeLanguage.googleapis.com" + TARGET,
    GOOGLE + "/upload/v1beta/files?key=secret&upload_id=AbC&upload_protocol=resumable",
    GOOGLE + "/upload/v1beta/files?upload_id=AbC&key=secret&upload_protocol=resumable",
    GOOGLE + "/upload/v1beta/files?upload_id=AbC&upload_protocol=resumable&key=secret",
  })
  void an_upload_comes_back_through_us(String url) {
    assertThat(
            OnwardUrl.rewritten(
                url, List.of(GATEWAY + "/", GOOGLE), "http://localhost:8080/", "google"))
        .contains("http://localhost:8080/api/google" + TARGET);
  }

  @Test
  void what_comes_back_is_the_path_that_goes_out() {
    var url = OnwardUrl.rewritten(GOOGLE + TARGET, List.of(GOOGLE), "https://us", "gemini");
    var target = URI.create(url.orElseThrow());
    assertThat(Endpoint.parse("POST", target.getRawPath(), target.getRawQuery()))
        .isEqualTo(
            new Endpoint.Native(
                "gemini", "/upload/v1beta/files", "upload_id=AbC&upload_protocol=resumable"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://generativelanguage.googleapis.com.evil.example/upload",
    "https://evil.example/upload/v1beta/files?upload_id=1",
    "http://generativelanguage.googleapis.com/upload",
    "https://generativelanguage.googleapis.com@evil.example/upload",
    "/upload/v1beta/files",
    "''",
  })
  void other_hosts_are_not_ours_to_rewrite(String url) {
    assertThat(OnwardUrl.rewritten(url, List.of(GATEWAY, GOOGLE), "http://us", "google")).isEmpty();
  }
}
