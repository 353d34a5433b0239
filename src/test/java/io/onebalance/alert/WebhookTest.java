package io.onebalance.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Origin;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final Alert ALERT =
      new Alert(
          Alert.Kind.POOL_LOW,
          "groq",
          false,
          "groq: 1 of 10 keys ready",
          Instant.ofEpochSecond(1_700_000_000));

  private final BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Inquiry.Result> answers = new LinkedBlockingQueue<>();
  private final List<Duration> rested = new ArrayList<>();
  private Optional<Webhook.Target> target =
      Optional.of(target(Optional.of(new Secret("signing key"))));
  private final Webhook webhook = new Webhook(this::answer, () -> target, this.rested::add);

  @AfterEach
  void close() {
    webhook.close();
  }

  @Test
  void an_alert_is_json_that_chats_can_show_and_is_signed() throws Exception {
    answers.add(answered(204));
    webhook.tell(ALERT);
    var question = next();
    assertThat(question.target()).isEqualTo("/hook?token=t");
    assertThat(body(question))
        .isEqualTo(
            "{\"alert\":\"pool_low\",\"state\":\"on\",\"subject\":\"groq\",\"message\":\"groq: 1 of"
                + " 10 keys ready\",\"at\":1700000000,\"text\":\"groq: 1 of 10 keys"
                + " ready\",\"content\":\"groq: 1 of 10 keys ready\"}");
    var headers = MultiMap.caseInsensitiveMultiMap();
    question.headers().accept(headers);
    assertThat(headers.get("x-one-balance-signature"))
        .isEqualTo("sha256=" + hmac(body(question), "signing key"));
  }

  @Test
  void what_is_refused_is_sent_again_and_what_comes_after_it_waits() throws Exception {
    answers.add(answered(500));
    answers.add(new Inquiry.Result.Unanswered("refused"));
    answers.add(answered(200));
    answers.add(answered(200));
    webhook.tell(ALERT);
    webhook.tell(new Alert(ALERT.kind(), "openai", true, "better", ALERT.at()));
    assertThat(List.of(body(next()), body(next()), body(next())))
        .allMatch(body -> body.contains("groq"));
    assertThat(body(next())).contains("\"state\":\"over\"", "\"text\":\"Over: better\"");
    assertThat(rested).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void an_alert_that_is_never_taken_does_not_keep_the_next_one() throws Exception {
    for (var i = 0; i < 5; i++) {
      answers.add(answered(404));
    }
    answers.add(answered(200));
    webhook.tell(ALERT);
    webhook.tell(new Alert(ALERT.kind(), "openai", false, "low", ALERT.at()));
    for (var i = 0; i < 5; i++) {
      assertThat(body(next())).contains("groq");
    }
    assertThat(body(next())).contains("openai");
  }

  @Test
  void without_a_webhook_nothing_is_sent_and_nothing_waits() throws Exception {
    target = Optional.empty();
    webhook.tell(ALERT);
    target = Optional.of(target(Optional.empty()));
    answers.add(answered(200));
    webhook.tell(new Alert(ALERT.kind(), "openai", false, "low", ALERT.at()));
    assertThat(body(next())).contains("openai");
  }

  private Inquiry.Result answer(Question question) {
    asked.add(question);
    try {
      return answers.take();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Inquiry.Result.Unanswered("stopped");
    }
  }

  private Question next() throws InterruptedException {
    return Optional.ofNullable(asked.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  private static String body(Question question) {
    return ((Body.Kept) question.body()).bytes().toString(StandardCharsets.UTF_8);
  }

  private static Inquiry.Result answered(int status) {
    return new Inquiry.Result.Answered(
        status, MultiMap.caseInsensitiveMultiMap(), new byte[0], true);
  }

  private static Webhook.Target target(Optional<Secret> signing) {
    return new Webhook.Target(
        new Origin(true, "hooks.example", 443), new Secret("/hook?token=t"), signing);
  }

  private static String hmac(String body, String key) throws Exception {
    var mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "x"));
    return java.util.HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}
