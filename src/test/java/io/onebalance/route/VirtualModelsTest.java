package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualModelsTest {
  private static final Leg FLASH = Leg.of("google-ai-studio/gemini-2.5-flash", 0);
  private static final Leg MINI = Leg.of("openai/gpt-4o-mini", 0);

  @Test
  void an_exact_name_goes_before_patterns_and_patterns_in_written_order() {
    var models = new LinkedHashMap<String, List<Leg>>();
    models.put("claude-*", List.of(MINI));
    models.put("claude-*haiku*", List.of(FLASH));
    models.put("claude-3-haiku", List.of(FLASH, MINI));
    var virtual = new VirtualModels(models);
    assertThat(virtual.match("claude-3-haiku")).containsExactly(FLASH, MINI);
    assertThat(virtual.match("claude-haiku-4")).containsExactly(MINI);
    assertThat(virtual.match("gpt-4o")).isEmpty();
    assertThat(virtual.plan("gpt-4o", new Random(1))).isEmpty();
  }

  @Test
  void legs_without_weights_are_tried_as_written() {
    var virtual = new VirtualModels(Map.of("fast", List.of(FLASH, MINI)));
    assertThat(virtual.plan("fast", new Random(1))).contains(new Plan(List.of(FLASH, MINI)));
  }

  @Test
  void weighted_legs_share_by_weight_and_the_rest_comes_last() {
    var heavy = Leg.of("a/x", 3);
    var light = Leg.of("b/y", 1);
    var virtual = new VirtualModels(Map.of("mix", List.of(FLASH, light, heavy)));
    var random = new Random(42);
    var heavyFirst = 0;
    for (var i = 0; i < 10_000; i++) {
      var legs = virtual.plan("mix", random).orElseThrow().legs();
      assertThat(legs).containsExactlyInAnyOrder(heavy, light, FLASH).endsWith(FLASH);
      heavyFirst += legs.getFirst().equals(heavy) ? 1 : 0;
    }
    assertThat(heavyFirst).isBetween(7300, 7700);
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, anything/at:all, true",
    "claude-*haiku*, claude-haiku-4, true",
    "claude-*haiku*, claude-3-5-haiku, true",
    "claude-*haiku*, claude-sonnet, false",
    "a*b*c, aXbXbXc, true",
    "a*b*c, aXbX, false",
    "gpt-4o, gpt-4o-mini, false",
    "*mini, gpt-4o-mini, true",
    "a.c, abc, false",
    "**, x, true",
  })
  void a_star_stands_for_anything(String pattern, String name, boolean fits) {
    assertThat(VirtualModels.fits(pattern, name)).isEqualTo(fits);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> Leg.of("gpt-4o", 1)).hasMessageContaining("provider/model");
    assertThatThrownBy(() -> Leg.of("openai/x", -1)).hasMessageContaining("weight");
    assertThatThrownBy(() -> new VirtualModels(Map.of("x", List.of()))).hasMessageContaining("x");
  }
}
