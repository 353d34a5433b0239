package io.onebalance.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.json.Json;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.why.Crowd;
import io.onebalance.key.why.How;
import io.onebalance.key.why.Keeps;
import io.onebalance.key.why.Other;
import io.onebalance.key.why.Taken;
import io.onebalance.key.why.Why;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyViewTest {
  @Test
  void a_choice_is_told_in_words_without_secrets() {
    var level = new Level(Kind.REQUESTS, Window.MINUTE, 10, false, 3);
    var leaked = "said sk-proj-" + "b".repeat(30);
    var others =
        List.of(
            new Other("k-7", new Keeps.Quota(12_001), List.of(level)),
            new Other("k-8", new Keeps.Block(leaked), List.of()));
    var why =
        new Why(
            Instant.ofEpochMilli(1_772_366_340_250L),
            "gpt-4o",
            new Taken("k-1", How.TURN, 2, List.of(level)),
            new Crowd(3, 1, 1, 1),
            others);
    var told = Json.MAPPER.createArrayNode();
    WhyView.into(told, List.of(why));
    assertThat(told.toString())
        .startsWith(
            """
            [{"at":1772366340.250,"key":"k-1","because":"was ready and had its turn, \
            2 in flight, 3 of 10 requests (learnt) used in its minute",\
            "pool":"3 keys: 1 ready, 1 without room, 1 blocked","others":[\
            {"key":"k-7","because":"has no room left for another 13 s, \
            3 of 10 requests (learnt) used in its minute"},\
            {"key":"k-8","because":"is blocked (said \
            """)
        .doesNotContain("bbbbbbb");
  }
}
