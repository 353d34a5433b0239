package io.onebalance.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Header;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Destination;
import io.onebalance.provider.Way;
import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.site.Credentials;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TokensTest {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
  private static final Secret KEY = Credentials.serviceAccount("p-1");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile boolean held;
  private volatile String answer = granted("token-1", 3600);
  private final BareServer google = new BareServer(this::exchange);
  private final Notary notary =
      new Notary(
          Inquiry.on(vertx, Reach.ofTheMachine(Duration.ofSeconds(5), now::get)).await(),
          now::get,
          Executors.newVirtualThreadPerTaskExecutor());

  @AfterEach
  void close() {
    google.close();
    vertx.close().await();
  }

  @Test
  void a_service_account_becomes_a_token_by_a_signed_assertion() throws GeneralSecurityException {
    assertThat(bearer()).isEqualTo("Bearer token-1");
    var sent = heard.getFirst();
    assertThat(sent.start()).isEqualTo("POST /token HTTP/1.1");
    assertThat(sent.field("content-type")).isEqualTo("application/x-www-form-urlencoded");
    var form = sent.text().split("&", -1);
    assertThat(URLDecoder.decode(form[0], StandardCharsets.UTF_8))
        .isEqualTo("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer");
    var jwt = form[1].substring("assertion=".length()).split("\\.", -1);
    var claims = JSON.readTree(Base64.getUrlDecoder().decode(jwt[1]));
    assertThat(claims.path("iss").asString()).isEqualTo("robot@p-1.iam.gserviceaccount.com");
    assertThat(claims.path("aud").asString()).isEqualTo(google.url() + "/token");
    assertThat(claims.path("scope").asString()).endsWith("/auth/cloud-platform");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
    assertThat(JSON.readTree(Base64.getUrlDecoder().decode(jwt[0])).path("alg").asString())
        .isEqualTo("RS256");
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(Credentials.RSA.getPublic());
    signature.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
  }

  @Test
  void a_token_is_kept_until_shortly_before_its_end() {
    assertThat(bearer()).isEqualTo("Bearer token-1");
    now.set(START.plus(Duration.ofMinutes(54)));
    assertThat(bearer()).isEqualTo("Bearer token-1");
    assertThat(heard).hasSize(1);
    now.set(START.plus(Duration.ofMinutes(60)));
    answer = granted("token-2", 3600);
    assertThat(bearer()).isEqualTo("Bearer token-2");
    assertThat(heard).hasSize(2);
  }

  @Test
  void the_next_token_is_fetched_while_the_old_one_still_opens() {
    assertThat(bearer()).isEqualTo("Bearer token-1");
    answer = granted("token-2", 3600);
    now.set(START.plus(Duration.ofMinutes(56)));
    assertThat(bearer()).isEqualTo("Bearer token-1");
    until("Bearer token-2");
    assertThat(heard).hasSize(2);
  }

  @Test
  void a_failed_exchange_for_the_next_one_does_no_harm_and_is_not_repeated_at_once() {
    assertThat(bearer()).isEqualTo("Bearer token-1");
    answer = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
    now.set(START.plus(Duration.ofMinutes(56)));
    for (var i = 0; i < 100; i++) {
      assertThat(bearer()).isEqualTo("Bearer token-1");
    }
    assertThat(heard).hasSizeBetween(1, 2);
  }

  @Test
  @DisplayName("a hundred requests at once wait for one exchange")
  void there_is_one_exchange_at_a_time() {
    held = true;
    var waiting = new ArrayList<CompletableFuture<Proven>>();
    for (var i = 0; i < 100; i++) {
      waiting.add(notary.prove(to(KEY), "POST", new byte[0]));
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    opened.countDown();
    for (var one : waiting) {
      assertThat(bearer(one.join())).isEqualTo("Bearer token-1");
    }
    assertThat(heard).hasSize(1);
  }

  @Test
  void accounts_do_not_share_tokens() {
    assertThat(bearer()).isEqualTo("Bearer token-1");
    answer = granted("token-2", 3600);
    var other = to(Credentials.serviceAccount("p-2"));
    assertThat(bearer(notary.prove(other, "POST", new byte[0]).join())).isEqualTo("Bearer token-2");
  }

  @Test
  void a_token_that_was_refused_is_not_given_again() {
    var first = notary.prove(to(KEY), "POST", new byte[0]).join();
    answer = granted("token-2", 3600);
    notary.distrust(to(KEY), ((Proven.Ready) first).token().orElseThrow());
    assertThat(bearer()).isEqualTo("Bearer token-2");
    notary.distrust(to(KEY), ((Proven.Ready) first).token().orElseThrow());
    assertThat(bearer()).as("an old refusal takes no new token away").isEqualTo("Bearer token-2");
    assertThat(heard).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"} |"
            + " dead",
        "400 | {\"error\":\"invalid_grant\",\"error_description\":\"account not found\"} | dead",
        "401 | {\"error\":\"invalid_client\"} | dead",
        "401 | {\"error\":\"unauthorized_client\"} | dead",
        "400 | {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must be a"
            + " short-lived token (60 minutes) and in a reasonable timeframe.\"} | faulted",
        "400 | {\"error\":\"invalid_request\"} | faulted",
        "403 | <html>proxy</html> | faulted",
        "429 | {\"error\":\"rate_limit_exceeded\"} | faulted",
        "500 | {\"error\":\"internal_failure\"} | faulted",
        "503 | {\"error\":\"invalid_grant\"} | faulted",
        "200 | {\"access_token\":\"\"} | faulted",
        "200 | {\"access_token\":\"a\\r\\nx: y\"} | faulted",
        "200 | no json | faulted",
        "302 | moved | faulted"
      })
  @DisplayName("invalid_grant is a dead key; an endpoint that fails costs no key")
  void a_refusal_is_the_keys_fault_only_where_it_is_named(int status, String body, String verdict) {
    answer =
        "HTTP/1.1 "
            + status
            + " X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    assertThat(notary.prove(to(KEY), "POST", new byte[0]).join())
        .isInstanceOfSatisfying(
            Proven.Refused.class,
            refused -> {
              if (verdict.equals("dead")) {
                assertThat(refused.verdict()).isEqualTo(new Verdict.Dead(Reason.INVALID));
              } else {
                assertThat(refused.verdict()).isInstanceOf(Verdict.Faulted.class);
              }
            });
  }

  @Test
  void an_endpoint_that_is_down_is_its_own_fault() {
    google.close();
    assertThat(notary.prove(to(KEY), "POST", new byte[0]).join())
        .isInstanceOfSatisfying(
            Proven.Refused.class,
            refused -> assertThat(refused.verdict()).isInstanceOf(Verdict.Faulted.class));
  }

  @Test
  @DisplayName("S9 a key's own token_uri is never asked, also where such a key is stored")
  void no_other_host_is_asked_for_tokens() {
    var evil = new BareServer(line -> heard.add(line.hear()));
    var key = Credentials.serviceAccount("p-3", Map.of("token_uri", evil.url() + "/token"));
    try (evil) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> to(key))
          .hasMessageContaining("token_uri");
      assertThat(evil.met()).isZero();
    }
  }

  private void exchange(Line line) throws IOException {
    while (true) {
      heard.add(line.hear());
      if (held) {
        await(opened);
      }
      line.say(answer);
    }
  }

  private String bearer() {
    return bearer(notary.prove(to(KEY), "POST", new byte[0]).join());
  }

  private static String bearer(Proven proven) {
    assertThat(proven).isInstanceOf(Proven.Ready.class);
    var to = ((Proven.Ready) proven).to();
    assertThat(to.proof()).isInstanceOf(io.onebalance.provider.auth.Proof.None.class);
    return to.headers().stream()
        .filter(header -> header.name().equals("authorization"))
        .map(Header::value)
        .findFirst()
        .orElseThrow();
  }

  private void until(String bearer) {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!bearer().equals(bearer)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about in half a minute");
      }
      Thread.onSpinWait();
    }
  }

  private Destination to(Secret key) {
    return Catalogue.builtIn()
        .with(Map.of("google-vertex-ai", Map.of("token-url", google.url() + "/token")))
        .find("google-vertex-ai")
        .orElseThrow()
        .destination(new Way.Direct(), "/v1/publishers/google/models/m:x", "", key);
  }

  private static String granted(String token, int seconds) {
    var body =
        "{\"access_token\":\""
            + token
            + "\",\"expires_in\":"
            + seconds
            + ",\"token_type\":\"Bearer\"}";
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
