package io.onebalance.provider.errors.opening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {
  @Test
  void finds_what_a_plain_search_finds() {
    var chance = new Random(1);
    for (var i = 0; i < 20_000; i++) {
      var needle = random(chance, 1 + chance.nextInt(5));
      var text = random(chance, chance.nextInt(40));
      assertThat(new Needle(needle).isIn(text.getBytes(StandardCharsets.US_ASCII)))
          .as("%s in %s", needle, text)
          .isEqualTo(text.contains(needle));
    }
  }

  private static String random(Random chance, int length) {
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append("ab\"".charAt(chance.nextInt(3)));
    }
    return text.toString();
  }
}
