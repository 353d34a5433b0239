package io.onebalance.upstream.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Origin;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Match;
import io.onebalance.sandbox.script.Script;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry.Result;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InquiryTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final Script script = new Script();
  private final Sandbox sandbox = Sandbox.start(vertx, script, InstantSource.system()).await();
  private final Inquiry inquiry =
      Inquiry.on(vertx, Reach.ofTheMachine(Duration.ofSeconds(5), InstantSource.system())).await();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Question question(int port, Duration patience) {
    return new Question(
        new Origin(false, "127.0.0.1", port),
        HttpMethod.GET,
        "/openai/v1/models",
        fields -> fields.set("authorization", "Bearer key"),
        new Body.Kept(Buffer.buffer()),
        patience);
  }

  private Result ask(Fault fault, Duration patience) {
    script.play(Match.ALL, fault);
    return inquiry.ask(question(sandbox.port(), patience));
  }

  private static Fault says(int status, int bytes) {
    return new Fault.Says(status, Map.of("x-more", "yes"), "a".repeat(bytes).getBytes(UTF_8));
  }

  @Test
  void an_answer_comes_whole_with_status_and_fields() {
    assertThat(ask(says(418, 1000), PATIENT))
        .isInstanceOfSatisfying(
            Result.Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(418);
              assertThat(answered.headers().get("x-more")).isEqualTo("yes");
              assertThat(answered.body()).hasSize(1000);
              assertThat(answered.whole()).isTrue();
            });
  }

  @Test
  void of_a_long_answer_only_the_beginning_is_kept() {
    assertThat(ask(says(200, Inquiry.MOST + 1), PATIENT))
        .isInstanceOfSatisfying(
            Result.Answered.class,
            answered -> {
              assertThat(answered.body()).hasSize(Inquiry.MOST);
              assertThat(answered.whole()).isFalse();
            });
  }

  @Test
  void silence_ends_with_the_patience_before_and_within_the_answer() {
    var soon = Duration.ofMillis(50);
    for (var fault : new Fault[] {Fault.hangs(), Fault.stallsAfter(3)}) {
      assertThat(ask(fault, soon)).as("%s", fault).isInstanceOf(Result.Unanswered.class);
    }
  }

  @Test
  void a_cut_answer_is_no_answer() {
    assertThat(ask(new Fault.Cuts(3, true), PATIENT)).isInstanceOf(Result.Unanswered.class);
  }

  @Test
  void nobody_there_is_told() {
    var port = sandbox.port();
    sandbox.close().await();
    assertThat(inquiry.ask(question(port, PATIENT))).isInstanceOf(Result.Unanswered.class);
  }

  @Test
  void who_is_interrupted_stops_waiting_and_the_question_is_called_off() throws Exception {
    script.play(Match.ALL, new Fault.Hangs(new Gate()));
    var result = new CompletableFuture<Result>();
    var thread =
        Thread.ofVirtual()
            .start(() -> result.complete(inquiry.ask(question(sandbox.port(), PATIENT))));
    var asked = sandbox.seen().nth(1).get(30, TimeUnit.SECONDS);
    thread.interrupt();
    assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(Result.Unanswered.class);
    asked.ending().get(30, TimeUnit.SECONDS);
    assertThat(asked.left()).isTrue();
  }
}
