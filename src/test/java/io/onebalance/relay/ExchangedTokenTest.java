package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.provider.site.Credentials;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Requests to Vertex AI with service accounts: the token endpoint and Vertex are both pretended.
class ExchangedTokenTest {
  private static final String CALL =
      "/api/google-vertex-ai/v1/publishers/google/models/gemini-2.5-flash:generateContent";
  private static final String ANSWER =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]},\"finishReason\":\"STOP\"}]}";
  private static final String EXPIRED =
      "{\"error\":{\"code\":401,\"message\":\"token ya29.canary-1 is expired\",\"status\":"
          + "\"UNAUTHENTICATED\",\"details\":[{\"reason\":\"ACCESS_TOKEN_EXPIRED\"}]}}";

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile String refusal = "";
  private volatile boolean held;
  private volatile int good = 1;
  private final BareServer endpoint = new BareServer(this::exchange);
  private final BareServer vertex = new BareServer(this::serve);

  ExchangedTokenTest() {
    rig.catalogue =
        rig.catalogue.with(
            Map.of(
                "google-vertex-ai",
                Map.of("base-url", vertex.url(), "token-url", endpoint.url() + "/token")));
    rig.key("google-vertex-ai", "a", Credentials.serviceAccount("p-1").reveal(), "");
  }

  @AfterEach
  void close() {
    opened.countDown();
    endpoint.close();
    vertex.close();
    rig.close();
  }

  @Test
  void a_request_goes_with_the_accounts_token_project_and_location() {
    for (var i = 0; i < 3; i++) {
      assertThat(rig.post(CALL, Calls.CONTENTS).statusCode()).isEqualTo(200);
    }
    assertThat(tokens).hasValue(1);
    assertThat(heard)
        .hasSize(3)
        .allSatisfy(sent -> {
          assertThat(sent.field("authorization")).isEqualTo("Bearer ya29.canary-1");
          assertThat(sent.target())
              .isEqualTo(
                  "/v1/projects/p-1/locations/global/publishers/google/models/gemini-2.5-flash"
                      + ":generateContent");
          assertThat(sent.everything()).doesNotContain(Rig.AUTH, "PRIVATE KEY");
        });
  }

  @Test
  void a_gemini_call_of_any_mount_reaches_it() {
    var path = "/v1beta/models/google-vertex-ai%2Fgemini-2.5-flash:generateContent";
    var sent = rig.post(path, Calls.CONTENTS);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    assertThat(heard.getFirst().target())
        .isEqualTo(
            "/v1beta1/projects/p-1/locations/global/publishers/google/models/gemini-2.5-flash"
                + ":generateContent");
  }

  @Test
  @DisplayName("an expired token is fetched anew, once, with the same key")
  void an_expired_token_is_fetched_anew() {
    assertThat(rig.post(CALL, Calls.CONTENTS).statusCode()).isEqualTo(200);
    good = 2;
    var sent = rig.post(CALL, Calls.CONTENTS);
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.headers().firstValue("x-one-balance-attempts")).contains("1");
    assertThat(tokens).hasValue(2);
    assertThat(rig.counts("google-vertex-ai").active()).isEqualTo(1);
  }

  @Test
  @DisplayName("P20 a key whose fresh token is refused too is at fault; no token is told")
  void a_fresh_token_that_is_refused_is_the_keys_fault() {
    good = 99;
    var sent = rig.post(CALL, Calls.CONTENTS);
    assertThat(sent.statusCode()).isEqualTo(502);
    assertThat(sent.body()).doesNotContain("ya29", "PRIVATE KEY");
    assertThat(tokens).hasValue(2);
    assertThat(heard).hasSize(2);
  }

  @Test
  @DisplayName("S26 a token that is echoed in a field is left out")
  void an_echoed_token_is_left_out() {
    var sent = rig.post(CALL, Calls.CONTENTS);
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.headers().firstValue("x-echo")).isEmpty();
    assertThat(sent.headers().firstValue("x-other")).hasValue("ok");
  }

  @Test
  void invalid_grant_blocks_the_key_and_the_next_one_is_asked() {
    refusal = "400 {\"error\":\"invalid_grant\"}";
    rig.key("google-vertex-ai", "express", "AIzaExpressKey0123456789", "");
    for (var i = 0; i < 4; i++) {
      assertThat(rig.post(CALL, Calls.CONTENTS).statusCode()).isEqualTo(200);
    }
    assertThat(rig.standing("google-vertex-ai", "a").state()).isInstanceOf(State.Blocked.class);
    assertThat(heard)
        .allSatisfy(sent -> {
          assertThat(sent.field("x-goog-api-key")).isEqualTo("AIzaExpressKey0123456789");
          assertThat(sent.target()).startsWith("/v1/publishers/google/models/");
        });
  }

  @Test
  void a_token_endpoint_that_is_down_costs_no_key() {
    endpoint.close();
    assertThat(rig.post(CALL, Calls.CONTENTS).statusCode()).isBetween(502, 504);
    assertThat(rig.standing("google-vertex-ai", "a").state()).isInstanceOf(State.Active.class);
    assertThat(heard).isEmpty();
    rig.untilIdle("google-vertex-ai");
  }

  @Test
  @DisplayName("a request's time also counts while it waits for a token")
  void a_token_endpoint_that_is_silent_ends_with_the_requests_time() {
    held = true;
    rig.patience = Patiences.overall(rig.patience, Duration.ofMillis(300));
    assertThat(rig.post(CALL, Calls.CONTENTS).statusCode()).isIn(502, 504);
    assertThat(heard).isEmpty();
    rig.untilIdle("google-vertex-ai");
  }

  @Test
  void a_project_in_the_path_is_asked_for_with_its_own_keys() {
    rig.key("google-vertex-ai", "b", Credentials.serviceAccount("p-2").reveal(), "");
    for (var i = 0; i < 6; i++) {
      var path =
          "/api/google-vertex-ai/v1/projects/p-2/locations/global/publishers/google/models"
              + "/gemini-2.5-flash:generateContent";
      var sent = rig.post(path, Calls.CONTENTS);
      assertThat(sent.headers().firstValue("x-one-balance-key")).contains("b");
    }
  }

  private void exchange(Line line) throws IOException {
    while (true) {
      line.hear();
      if (held) {
        await();
      }
      var status = refusal.isEmpty() ? "200" : refusal.substring(0, 3);
      var body =
          refusal.isEmpty()
              ? "{\"access_token\":\"ya29.canary-"
                  + tokens.incrementAndGet()
                  + "\",\"expires_in\":3599}"
              : refusal.substring(4);
      line.say(answer(status, "", body));
    }
  }

  /// Only the good token opens; keys of express mode do always.
  private void serve(Line line) throws IOException {
    while (true) {
      var request = line.hear();
      heard.add(request);
      var opens =
          request.field("authorization").endsWith("-" + good)
              || !request.field("x-goog-api-key").isEmpty();
      var echo = "x-echo: " + request.field("authorization") + "\r\nx-other: ok\r\n";
      line.say(opens ? answer("200", echo, ANSWER) : answer("401", echo, EXPIRED));
    }
  }

  private static String answer(String status, String fields, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\ncontent-type: application/json\r\n"
        + fields
        + "content-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void await() {
    try {
      opened.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
