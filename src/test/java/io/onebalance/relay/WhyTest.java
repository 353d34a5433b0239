package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Why each key was chosen, as it is remembered of requests that did not ask for it.
class WhyTest {
  private final Rig rig = new Rig();

  WhyTest() {
    rig.at("openai", rig.sandbox.url() + "/openai/v1");
    rig.key("openai", "id-of-a", "sk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa1234", "");
    rig.key("openai", "id-of-b", "sk-bbbbbbbbbbbbbbbbbbbbbbbbbbbbb1234", "");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void each_key_that_was_asked_is_explained_though_nobody_asked_for_it() {
    rig.script.play(Match.ALL, Fault.dead());
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.headers().firstValue("x-one-balance-why")).isEmpty();
    var id = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();
    var whys = rig.whys.of(id);
    assertThat(whys).hasSize(2);
    assertThat(whys).extracting(why -> why.keyId()).containsExactlyInAnyOrder("id-of-a", "id-of-b");
    assertThat(whys.getFirst().words())
        .contains("was ready and had its turn, 1 in flight; 2 keys: 2 ready")
        .contains("is ready, its turn comes");
    assertThat(whys.get(1).words())
        .contains("2 keys: 1 ready, 0 without room, 1 blocked")
        .contains(whys.getFirst().keyId() + " is blocked (");
  }

  @Test
  void whoever_asks_for_it_reads_why_this_key_and_why_not_the_others() {
    rig.script.play(Match.ALL, Fault.dead(), Fault.well());
    var answer =
        rig.send(
            rig.request(Calls.CHAT)
                .header("content-type", "application/json")
                .header("x-one-balance-explain", "1")
                .POST(BodyPublishers.ofString(Calls.HELLO))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    var dead = rig.standing("openai", "id-of-a").state() instanceof State.Blocked ? "a" : "b";
    assertThat(answer.headers().firstValue("x-one-balance-why").orElseThrow())
        .contains(
            " | ",
            "id-of-" + (dead.equals("a") ? "b" : "a") + " was ready and had its turn",
            "2 keys: 1 ready, 0 without room, 1 blocked",
            "id-of-" + dead + " is blocked (");
  }

  @Test
  void a_request_that_asked_nobody_is_not_remembered() {
    rig.pools.of("openai").block("id-of-a", "leaked", rig.clock.instant());
    rig.pools.of("openai").block("id-of-b", "leaked", rig.clock.instant());
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    var id = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(rig.whys.of(id)).isEmpty();
  }
}
