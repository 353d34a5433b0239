package io.onebalance.alert;

import io.onebalance.http.Origin;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Sends alerts as JSON to a URL, in order, one after the other. What is refused is sent again a
/// few times; whoever raises an alert never waits. `text` and `content` hold the message, which
/// Slack and Discord show as it is. Thread-safe.
public final class Webhook implements AutoCloseable {
  /// Where alerts go. The URL often holds a token, so it is a secret.
  ///
  /// @param signing signs what is sent: `x-one-balance-signature` is `sha256=` and the HMAC of the
  ///   body in hex
  public record Target(Origin origin, Secret path, Optional<Secret> signing) {}

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_WAITING = 1_000;
  private static final int TRIES = 5;
  private static final int SUCCESS = 2;

  /// Waits between two tries; an interrupt ends it.
  public interface Pause {
    void rest(Duration time) throws InterruptedException;
  }

  private final Function<Question, Inquiry.Result> ask;
  private final Supplier<Optional<Target>> target;
  private final Pause pause;
  private final BlockingQueue<Alert> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread sender;

  /// Sends to `target` as it is at that moment; where there is none, alerts are only logged.
  public Webhook(
      Function<Question, Inquiry.Result> ask, Supplier<Optional<Target>> target, Pause pause) {
    this.ask = ask;
    this.target = target;
    this.pause = pause;
    this.sender = Thread.ofVirtual().name("alerts").start(this::send);
  }

  /// Tells an alert, at once in the log.
  public void tell(Alert alert) {
    LOG.warn("{}{}: {}", alert.kind().word(), alert.over() ? " is over" : "", alert.message());
    if (target.get().isPresent() && !waiting.offer(alert)) {
      LOG.error("an alert is lost: {} others wait for the webhook", MOST_WAITING);
    }
  }

  private void send() {
    try {
      while (true) {
        var alert = waiting.take();
        var where = target.get();
        if (where.isPresent()) {
          send(alert, where.get());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Alert alert, Target where) throws InterruptedException {
    var body = JSON.writeValueAsBytes(json(alert));
    for (var tried = 1; tried <= TRIES; tried++) {
      var trouble = trouble(ask.apply(question(body, where)));
      if (trouble.isEmpty()) {
        return;
      }
      LOG.warn(
          "the webhook did not take an alert ({} of {} tries): {}", tried, TRIES, trouble.get());
      if (tried < TRIES) {
        pause.rest(Duration.ofSeconds(1L << tried));
      }
    }
    LOG.error("the webhook took none of {} tries; the alert is lost there", TRIES);
  }

  private static Optional<String> trouble(Inquiry.Result result) {
    return switch (result) {
      case Inquiry.Result.Answered(var status, _, _, _) ->
          status / 100 == SUCCESS ? Optional.empty() : Optional.of("status " + status);
      case Inquiry.Result.Unanswered(var why) -> Optional.of(why);
    };
  }

  private static Object json(Alert alert) {
    var told = (alert.over() ? "Over: " : "") + alert.message();
    return JSON.createObjectNode()
        .put("alert", alert.kind().word())
        .put("state", alert.over() ? "over" : "on")
        .put("subject", alert.subject())
        .put("message", alert.message())
        .put("at", alert.at().getEpochSecond())
        .put("text", told)
        .put("content", told);
  }

  private static Question question(byte[] body, Target where) {
    return new Question(
        where.origin(),
        HttpMethod.POST,
        where.path().reveal(),
        headers -> headers(headers, body, where),
        new Body.Kept(Buffer.buffer(body)),
        PATIENCE);
  }

  private static void headers(MultiMap headers, byte[] body, Target where) {
    headers.set("content-type", "application/json").set("user-agent", "one-balance");
    where
        .signing()
        .ifPresent(key -> headers.set("x-one-balance-signature", "sha256=" + hmac(body, key)));
  }

  private static String hmac(byte[] body, Secret key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
