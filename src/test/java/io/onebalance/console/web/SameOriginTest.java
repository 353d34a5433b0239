package io.onebalance.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SameOriginTest {
  @Test
  @DisplayName("S16 an origin must name the host that was asked")
  void the_origin_must_name_the_host() {
    allows(true, "https://balance.example", "balance.example");
    allows(true, "https://Balance.Example:443", "balance.example");
    allows(true, "http://balance.example:80", "balance.example");
    allows(true, "http://127.0.0.1:8080", "127.0.0.1:8080");
    allows(true, "http://[::1]:8080", "[::1]:8080");
    allows(false, "https://evil.example", "balance.example");
    allows(false, "https://balance.example.evil", "balance.example");
    allows(false, "http://balance.example:8080", "balance.example");
    allows(false, "null", "balance.example");
    allows(false, "", "balance.example");
    allows(false, "file://balance.example", "balance.example");
  }

  @Test
  void programs_send_none() {
    assertThat(SameOrigin.allows(Map.of("host", "balance.example")::get)).isTrue();
  }

  @Test
  void a_browser_that_tells_of_another_site_is_refused() {
    var headers = Map.of("host", "balance.example", "sec-fetch-site", "cross-site");
    assertThat(SameOrigin.allows(headers::get)).isFalse();
  }

  @Test
  void a_form_whose_origin_is_hidden_is_ours_only_where_the_browser_says_so() {
    var ours = Map.of("origin", "null", "host", "b.example", "sec-fetch-site", "same-origin");
    var others = Map.of("origin", "null", "host", "b.example", "sec-fetch-site", "same-site");
    assertThat(SameOrigin.allows(ours::get)).isTrue();
    assertThat(SameOrigin.allows(others::get)).isFalse();
  }

  private static void allows(boolean expected, String origin, String host) {
    assertThat(SameOrigin.allows(Map.of("origin", origin, "host", host)::get))
        .as(origin + " at " + host)
        .isEqualTo(expected);
  }
}
