package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Health;
import io.onebalance.key.State;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.ask.again.Spent;
import io.onebalance.relay.exchange.rules.HedgeRules;
import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.Ending;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A second place beside one that is slow to begin.
class HedgingTest {
  private static final String COMPAT = "/v1/chat/completions";
  private static final String FAST = Calls.chat("fast");
  private static final String STREAM = FAST.replace("{\"model\"", "{\"stream\":true,\"model\"");

  /// So many bytes of a streamed answer hold its first event.
  private static final int BEGUN = 600;

  private static final String GEMINI = "gemini-key-0000000000000000";
  private static final String OPENAI = "openai-key-0000000000000000";
  private static final String OTHER = "openai-other-00000000000000";

  private final Rig rig = new Rig();

  HedgingTest() {
    legs(new Leg("google-ai-studio", "gemini-2.5-flash", 0), new Leg("openai", "gpt-4o-mini", 0));
    rig.keys("google-ai-studio", GEMINI);
    rig.keys("openai", OPENAI);
    rig.hedging = new HedgeRules(List.of("fa*"), 1, Duration.ofMillis(50));
  }

  private void legs(Leg... legs) {
    rig.virtualModels = new VirtualModels(Map.of("fast", List.of(legs)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Entry entry() throws InterruptedException {
    var entry = rig.entries.poll(30, TimeUnit.SECONDS);
    assertThat(entry).isNotNull();
    return entry;
  }

  private Asked asked(int nth) throws Exception {
    return rig.sandbox.seen().nth(nth).get(30, TimeUnit.SECONDS);
  }

  private HttpRequest asking() {
    return rig.request(COMPAT)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(FAST))
        .build();
  }

  private void assertCalledOff(Asked asked) throws Exception {
    assertThat(asked.ending().get(30, TimeUnit.SECONDS).how()).isEqualTo(Ending.LEFT);
    rig.untilIdle("google-ai-studio");
    rig.untilIdle("openai");
  }

  @Test
  @DisplayName(
      "the next leg answers for a slow one, which is called off and has done nothing wrong")
  void the_next_leg_answers_for_a_slow_one() throws Exception {
    for (var body : List.of(FAST, STREAM)) {
      rig.sandbox.seen().forget();
      rig.script.key(GEMINI, Fault.hangs());
      var answer = rig.post(COMPAT, body);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-one-balance-key")).contains(OPENAI);
      assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("2");
      assertCalledOff(asked(1));
      var entry = entry();
      assertThat(entry.served().provider()).isEqualTo("openai");
      assertThat(entry.attempted()).isEqualTo(2);
      assertThat(entry.attempts())
          .extracting(Entry.Attempt::verdict)
          .containsExactlyInAnyOrder("overtaken", "served");
      assertThat(entry.tokens().output()).isPositive();
      assertThat(rig.standing("google-ai-studio", GEMINI).health()).isEqualTo(Health.NEW);
    }
  }

  /// The second request is the clock: when its second place is asked, the patience with the first
  /// request, which came before it, is over as well.
  @Test
  @DisplayName("from the first byte on nothing is asked any more, however long the rest takes")
  void nothing_is_asked_after_the_first_byte() throws Exception {
    var gate = new Gate();
    rig.script.key(GEMINI, new Fault.Stalls(BEGUN, gate), Fault.hangs());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", COMPAT, STREAM));
      assertThat(line.head().status()).isEqualTo(200);
      assertThat(line.some()).isNotEmpty();
      var other = rig.http.sendAsync(asking(), HttpResponse.BodyHandlers.ofString());
      asked(3);
      assertThat(asked(1).key()).isEqualTo(GEMINI);
      assertThat(asked(2).key()).isEqualTo(GEMINI);
      assertThat(asked(3).key()).isEqualTo(OPENAI);
      gate.open();
      assertThat(other.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(rig.sandbox.seen().count()).isEqualTo(3);
    assertThat(List.of(entry(), entry()))
        .extracting(Entry::attempted)
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void with_one_leg_another_key_of_it_is_asked() throws Exception {
    legs(new Leg("openai", "gpt-4o-mini", 0));
    rig.keys("openai", OTHER);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    var answer = rig.post(COMPAT, FAST);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
    assertThat(List.of(asked(1).key(), asked(2).key())).containsExactlyInAnyOrder(OPENAI, OTHER);
    assertCalledOff(asked(1));
  }

  @Test
  void without_another_key_the_slow_one_is_waited_for() throws Exception {
    legs(new Leg("openai", "gpt-4o-mini", 0));
    rig.script.play(Match.ALL, new Fault.Late(Duration.ofMillis(400)));
    assertThat(rig.post(COMPAT, FAST).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    assertThat(entry().attempts()).extracting(Entry.Attempt::verdict).containsExactly("served");
  }

  @Test
  void where_the_second_fails_the_first_is_waited_for() throws Exception {
    var gate = new Gate();
    rig.script.key(GEMINI, new Fault.Hangs(gate));
    rig.script.key(OPENAI, Fault.dead());
    var answer = rig.http.sendAsync(asking(), HttpResponse.BodyHandlers.ofString());
    asked(2).ending().get(30, TimeUnit.SECONDS);
    rig.untilIdle("openai");
    gate.open();
    assertThat(answer.get(30, TimeUnit.SECONDS).headers().firstValue("x-one-balance-attempts"))
        .contains("2");
    assertThat(answer.get(30, TimeUnit.SECONDS).headers().firstValue("x-one-balance-key"))
        .contains(GEMINI);
    assertThat(entry().attempts())
        .extracting(Entry.Attempt::verdict)
        .containsExactly("dead", "served");
  }

  @Test
  @DisplayName("P12 a key that the second way doubted is convicted when the first serves")
  void the_first_judges_what_the_second_doubted() throws Exception {
    legs(new Leg("openai", "gpt-4o-mini", 0));
    rig.keys("openai", OTHER);
    var gate = new Gate();
    rig.script.play(
        Match.ALL, new Fault.Hangs(gate), Fault.refuses(Complaint.Plain.FORBIDDEN), Fault.well());
    var answer = rig.http.sendAsync(asking(), HttpResponse.BodyHandlers.ofString());
    var doubted = asked(2).key();
    asked(2).ending().get(30, TimeUnit.SECONDS);
    Rig.until(() -> rig.counts("openai").setAside() == 1);
    gate.open();
    assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(rig.standing("openai", doubted).state()).isInstanceOf(State.Blocked.class);
  }

  @Test
  @DisplayName("a second that is refused for the client's mistake counts when the first answers")
  void where_the_second_is_a_mistake_the_first_is_waited_for() throws Exception {
    var gate = new Gate();
    rig.script.key(GEMINI, new Fault.Hangs(gate));
    rig.script.key(OPENAI, Fault.refuses(new Complaint.BadRequest("no")));
    var answer = rig.http.sendAsync(asking(), HttpResponse.BodyHandlers.ofString());
    asked(2).ending().get(30, TimeUnit.SECONDS);
    rig.untilIdle("openai");
    gate.open();
    var fields = answer.get(30, TimeUnit.SECONDS).headers();
    assertThat(fields.firstValue("x-one-balance-key")).contains(GEMINI);
    assertThat(fields.firstValue("x-one-balance-attempts")).contains("2");
  }

  @Test
  void a_client_that_leaves_calls_both_off() throws Exception {
    rig.script.play(Match.ALL, Fault.hangs());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", COMPAT, FAST));
      asked(2);
    }
    assertCalledOff(asked(1));
    assertCalledOff(asked(2));
    var entry = entry();
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(0, Entry.How.LEFT));
  }

  @ParameterizedTest
  @MethodSource("withoutThisModel")
  @DisplayName("a model that nobody named is asked for in one place, however slow that is")
  void whoever_did_not_ask_for_it_has_none(HedgeRules rules) {
    rig.hedging = rules;
    rig.script.key(GEMINI, new Fault.Late(Duration.ofMillis(400)));
    assertThat(rig.post(COMPAT, FAST).headers().firstValue("x-one-balance-key")).contains(GEMINI);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  static Stream<HedgeRules> withoutThisModel() {
    return Stream.of(
        HedgeRules.NONE, new HedgeRules(List.of("other", "f?st"), 1, Duration.ofMillis(50)));
  }

  @Test
  @DisplayName("a second asking earns its provider no repeats: it is the same request")
  void a_second_asking_earns_nothing() {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    var budget = rig.budgets.of("openai");
    assertThat(budget.take(rig.clock.instant())).isTrue();
    assertThat(budget.take(rig.clock.instant())).isTrue();
    rig.script.key(GEMINI, Fault.hangs());
    assertThat(rig.post(COMPAT, FAST).headers().firstValue("x-one-balance-key")).contains(OPENAI);
    for (var i = 0; i < 9; i++) {
      budget.requested();
    }
    assertThat(budget.take(rig.clock.instant())).isFalse();
  }

  @Test
  @DisplayName("hedges are a share of the requests, however many legs each of them tries")
  void legs_earn_no_hedges() throws Exception {
    rig.keys("openai", OTHER);
    rig.hedging = new HedgeRules(List.of("fast"), 0.3, Duration.ofMillis(50));
    rig.script.key(GEMINI, Fault.dead());
    rig.script.key(OPENAI, new Fault.Late(Duration.ofMillis(400)));
    rig.script.key(OTHER, new Fault.Late(Duration.ofMillis(400)));
    assertThat(rig.post(COMPAT, FAST).statusCode()).isEqualTo(200);
    assertThat(entry().attempts()).as("one hedge is there to begin with").hasSize(3);
    assertThat(rig.post(COMPAT, FAST).statusCode()).isEqualTo(200);
    assertThat(entry().attempts()).as("0.6 of the next is earned").hasSize(1);
  }

  @Test
  @DisplayName("P10 a second asking is a repeat: without budget for one there is none")
  void no_second_asking_without_budget() {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    Spent.all(rig.budgets, "openai", rig.clock.instant());
    rig.script.key(GEMINI, new Fault.Late(Duration.ofMillis(400)));
    assertThat(rig.post(COMPAT, FAST).headers().firstValue("x-one-balance-key")).contains(GEMINI);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }
}
