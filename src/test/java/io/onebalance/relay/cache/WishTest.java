package io.onebalance.relay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request says about being remembered, in Cloudflare's words and in ours.
class WishTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "cf-aig-cache-ttl,         60,       false, false, 60,      -",
        "cf-aig-cache-ttl,         0,        false, true,  -,       -",
        "cf-aig-cache-ttl,         soon,     false, true,  -,       -",
        "cf-aig-cache-ttl,         99999999, false, false, 2592000, -",
        "cf-aig-skip-cache,        true,     false, true,  -,       -",
        "cf-aig-skip-cache,        false,    false, false, -,       -",
        "cf-aig-cache-key,         mine,     false, false, -,       mine",
        "cf-aig-cache-ttl,         60,       true,  false, -,       -",
        "cf-aig-skip-cache,        true,     true,  false, -,       -",
        "x-one-balance-cache-ttl,  60,       true,  false, 60,      -",
        "x-one-balance-cache-skip, true,     true,  true,  -,       -",
        "x-one-balance-cache-key,  mine,     true,  false, -,       mine",
      })
  void fields_say_a_wish(
      String field, String value, boolean atCloudflare, boolean skip, Long ttl, String key) {
    var wish = Wish.of(MultiMap.caseInsensitiveMultiMap().add(field, value), atCloudflare);
    assertThat(wish)
        .isEqualTo(
            new Wish(
                skip, Optional.ofNullable(ttl).map(Duration::ofSeconds), Optional.ofNullable(key)));
  }
}
