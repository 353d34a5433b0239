package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the relay tells the pool and its line of a request: whose it is, and of which conversation.
class QueueingTest {
  private static final String A = "openai-key-0000000000000000a";
  private static final String MODEL = "gpt-4o-mini";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /// The one key may be asked once at a time; many wait of one gateway key, then one of another.
  @Test
  void gateway_keys_take_turns_however_many_requests_of_one_came_first() throws Exception {
    var gate = new Gate();
    rig.keys("openai", A);
    var now = rig.clock.instant();
    rig.pools
        .of("openai")
        .recall(
            A, List.of(new Learnt(MODEL, Kind.CONCURRENT, Window.UNKNOWN, 1, true, 0)), now, now);
    rig.script.play(Match.ALL, new Fault.Hangs(gate), Fault.well());

    var answers = new ArrayList<>(List.of(ask(Rig.AUTH, "first")));
    rig.sandbox.seen().nth(1).join();
    for (var i = 1; i <= 4; i++) {
      answers.add(ask(Rig.AUTH, "greedy"));
      untilWaiting(i);
    }
    answers.add(ask(Rig.LIMITED_AUTH, "modest"));
    untilWaiting(5);
    gate.open();
    assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
    assertThat(rig.sandbox.seen().all())
        .extracting(QueueingTest::said)
        .containsExactly("first", "greedy", "modest", "greedy", "greedy", "greedy");
  }

  private void untilWaiting(int many) {
    Rig.until(() -> rig.resting() == many);
  }

  private static String said(Asked asked) {
    return new String(asked.heard().body(), UTF_8)
        .replaceAll("(?s).*\"content\":\"([a-z]+).*", "$1");
  }

  private CompletableFuture<HttpResponse<String>> ask(String gatewayKey, String word) {
    var request =
        rig.request(Calls.CHAT)
            .setHeader("authorization", "Bearer " + gatewayKey)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(conversation(word, 0)))
            .build();
    return rig.http.sendAsync(request, BodyHandlers.ofString());
  }

  /// Begins with this word and has so many turns after it.
  private static String conversation(String word, int turns) {
    var turn =
        ",{\"role\":\"assistant\",\"content\":\"yes?\"},{\"role\":\"user\",\"content\":\"go on\"}";
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}%s]}"
        .formatted(MODEL, word, turn.repeat(turns));
  }

  @Test
  void a_long_conversation_stays_with_its_key_and_many_are_spread() {
    var keys = IntStream.range(0, 4).mapToObj(i -> A + i).toArray(String[]::new);
    rig.keys("openai", keys);
    var own = "word ".repeat(1_000);
    for (var turn = 0; turn < 12; turn++) {
      assertThat(rig.post(Calls.CHAT, conversation(own, turn)).statusCode()).isEqualTo(200);
      rig.untilIdle("openai");
    }
    assertThat(rig.sandbox.seen().all())
        .extracting(Asked::key)
        .containsOnly(rig.sandbox.seen().last().key());

    rig.sandbox.seen().forget();
    for (var other = 0; other < 40; other++) {
      assertThat(rig.post(Calls.CHAT, conversation(other + own, 0)).statusCode()).isEqualTo(200);
    }
    assertThat(rig.sandbox.seen().all()).extracting(Asked::key).contains(keys);
  }
}
