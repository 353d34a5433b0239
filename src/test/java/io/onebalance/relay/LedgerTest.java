package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each request is told to the ledger once, however it ends, and before the client has the last
/// byte.
class LedgerTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /// The one entry that there is when the client has its answer.
  private Entry entry() {
    assertThat(rig.entries).hasSize(1);
    return rig.entries.remove();
  }

  /// The one entry of a request whose client has no answer to wait for.
  private Entry awaited() throws InterruptedException {
    var entry = rig.entries.poll(30, TimeUnit.SECONDS);
    assertThat(entry).isNotNull();
    rig.untilIdle("openai");
    assertThat(rig.entries).isEmpty();
    return entry;
  }

  @Test
  void a_whole_answer_is_told_with_all_its_numbers() {
    rig.keys("openai", A);
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    var usage = new JsonObject(answer.body()).getJsonObject("usage");
    var entry = entry();
    assertThat(entry.requestId())
        .isEqualTo(answer.headers().firstValue("x-one-balance-request-id").orElseThrow());
    assertThat(entry.gatewayKey()).isNotEmpty();
    assertThat(entry.asked()).isEqualTo(new Entry.Asked(Entry.Kind.NATIVE, "gpt-4o-mini", false));
    assertThat(entry.served())
        .isEqualTo(new Entry.Served("openai", "gpt-4o-mini", A, Entry.Route.DIRECT));
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.WHOLE));
    assertThat(entry.tokens().source()).isEqualTo(Tokens.Source.TOLD);
    assertThat(entry.tokens().input()).isEqualTo(usage.getLong("prompt_tokens"));
    assertThat(entry.tokens().output()).isEqualTo(usage.getLong("completion_tokens"));
    assertThat(entry.cost()).isPresent();
    assertThat(entry.attempts()).singleElement().extracting("verdict").isEqualTo("served");
    assertThat(entry.attempted()).isEqualTo(1);
    assertThat(entry.times().firstByte()).isPositive().isLessThanOrEqualTo(entry.times().total());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, CHAT",
    "/v1/responses, RESPONSES",
    "/api/compat/v1/messages, MESSAGES",
  })
  void a_translated_answer_has_the_tokens_of_its_provider(String path, Entry.Kind kind) {
    rig.keys("google-ai-studio", A);
    for (var stream : new boolean[] {false, true}) {
      var body =
          new JsonObject()
              .put("model", "google-ai-studio/gemini-2.5-flash")
              .put("max_tokens", 64)
              .put("max_output_tokens", 64)
              .put("stream", stream)
              .put("messages", words())
              .put("input", "hello");
      var answer = rig.post(path, body.encode());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      var entry = entry();
      assertThat(entry.asked())
          .isEqualTo(new Entry.Asked(kind, "google-ai-studio/gemini-2.5-flash", stream));
      assertThat(entry.served().model()).isEqualTo("gemini-2.5-flash");
      assertThat(entry.tokens().source()).isEqualTo(Tokens.Source.TOLD);
      assertThat(entry.tokens().input()).isPositive();
      assertThat(entry.tokens().output()).isPositive();
      assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.WHOLE));
    }
  }

  private static JsonArray words() {
    return new JsonArray().add(said("user", "hello"));
  }

  private static JsonObject said(String role, String words) {
    return new JsonObject().put("role", role).put("content", words);
  }

  @Test
  @DisplayName("what a worker reads in a large body is told as well, even of one that is refused")
  void a_large_body() {
    rig.keys("openai", A);
    var large = new JsonObject().put("model", "gpt-4o-mini").put("stream", false);
    large.put("messages", words().add(said("user", "long ".repeat(100_000))));
    assertThat(rig.post(Calls.CHAT, large.encode()).statusCode()).isEqualTo(200);
    assertThat(entry().asked().model()).isEqualTo("gpt-4o-mini");
    large.put("model", "nobody/nothing").put("stream", true);
    assertThat(rig.post("/v1/chat/completions", large.encode()).statusCode()).isBetween(400, 404);
    assertThat(entry().asked()).isEqualTo(new Entry.Asked(Entry.Kind.CHAT, "nobody/nothing", true));
  }

  @Test
  void a_stream_without_usage_is_estimated() {
    rig.keys("openai", A);
    rig.post(Calls.CHAT, Calls.STREAM);
    var entry = entry();
    assertThat(entry.asked().stream()).isTrue();
    assertThat(entry.tokens().source()).isEqualTo(Tokens.Source.ESTIMATED);
    assertThat(entry.tokens().input()).isPositive();
    assertThat(entry.tokens().output()).isPositive();
  }

  @Test
  void the_attempts_are_told_in_their_order() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.refuses(Complaint.Plain.INVALID_KEY), Fault.well());
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    var entry = entry();
    assertThat(entry.attempts()).extracting("verdict").containsExactly("dead", "served");
    assertThat(entry.attempted()).isEqualTo(2);
    assertThat(entry.attempts().getLast().keyId()).isEqualTo(entry.served().keyId());
    assertThat(entry.attempts().getFirst().keyId()).isNotEqualTo(entry.served().keyId());
  }

  @Test
  void of_very_many_attempts_the_latest_are_told_and_all_are_counted() {
    for (var i = 0; i < 30; i++) {
      rig.keys("openai", "key-number-" + i + "-0000000000000000");
    }
    rig.script.play(Match.ALL, Fault.refuses(Complaint.Plain.INVALID_KEY));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(502);
    var entry = entry();
    assertThat(entry.attempted()).isEqualTo(30);
    assertThat(entry.attempts()).hasSize(Entry.MOST_ATTEMPTS);
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(502, Entry.How.WHOLE));
    assertThat(entry.tokens()).isEqualTo(Tokens.NONE);
    assertThat(entry.cost()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/openai/v1/chat/completions, 503, NATIVE", // no key is stored
    "/api/nobody/v1/chat/completions, 404, NATIVE",
    "/nowhere, 404, NATIVE",
    "/v1/chat/completions, 400, CHAT", // no provider has this bare model
  })
  void a_refusal_is_told_with_its_status(String path, int status, Entry.Kind kind) {
    var answer = rig.post(path, Calls.chat("nobody-has-this"));
    assertThat(answer.statusCode()).isEqualTo(status);
    var entry = entry();
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(status, Entry.How.WHOLE));
    assertThat(entry.asked().kind()).isEqualTo(kind);
    assertThat(entry.attempted()).isZero();
    assertThat(entry.tokens()).isEqualTo(Tokens.NONE);
  }

  @Test
  void who_was_not_admitted_has_no_gateway_key() {
    var request = HttpRequest.newBuilder(rig.request(Calls.CHAT).build().uri()).GET().build();
    assertThat(rig.send(request).statusCode()).isEqualTo(401);
    var entry = entry();
    assertThat(entry.gatewayKey()).isEmpty();
    assertThat(entry.ending().status()).isEqualTo(401);
  }

  @Test
  void the_clients_own_mistake_is_told_as_such() {
    rig.keys("openai", A);
    rig.script.play(Match.ALL, Fault.refuses(new Complaint.BadRequest("no such thing")));
    var status = rig.post(Calls.CHAT, Calls.HELLO).statusCode();
    var entry = entry();
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(status, Entry.How.WHOLE));
    assertThat(entry.attempts()).singleElement().extracting("verdict").isEqualTo("mistaken");
  }

  @Test
  void a_stream_that_breaks_off_is_cut() throws Exception {
    rig.keys("openai", A);
    rig.script.play(Match.ALL, new Fault.Cuts(600, false));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
      line.head();
      var entry = awaited();
      assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.CUT));
      assertThat(entry.ending().isError()).isTrue();
      assertThat(entry.tokens().source()).isEqualTo(Tokens.Source.ESTIMATED);
    }
  }

  @Test
  void a_client_that_leaves_before_the_answer_heard_no_status() throws Exception {
    rig.keys("openai", A);
    rig.script.play(Match.ALL, Fault.hangs());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      Rig.until(() -> rig.sandbox.seen().count() == 1);
      line.reset();
      var entry = awaited();
      assertThat(entry.ending()).isEqualTo(new Entry.Ending(0, Entry.How.LEFT));
      assertThat(entry.attempts()).singleElement().extracting("verdict").isEqualTo("left");
    }
  }

  @Test
  void a_client_that_leaves_in_mid_stream_pays_for_what_was_said() throws Exception {
    rig.keys("openai", A);
    rig.script.play(Match.ALL, Fault.stallsAfter(600));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
      line.head();
      line.read(100);
      line.reset();
      var entry = awaited();
      assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.LEFT));
      assertThat(entry.tokens().source()).isEqualTo(Tokens.Source.ESTIMATED);
      assertThat(entry.tokens().input()).isPositive();
    }
  }

  @Test
  void the_parts_of_embeddings_are_one_request_with_all_their_tokens() {
    rig.keys("google-ai-studio", A);
    var texts = new JsonArray(IntStream.range(0, 250).mapToObj(i -> "text " + i).toList());
    var body = new JsonObject().put("model", "google-ai-studio/gemini-embedding-001");
    var answer = rig.post("/v1/embeddings", body.put("input", texts).encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var entry = entry();
    assertThat(entry.asked().kind()).isEqualTo(Entry.Kind.EMBEDDINGS);
    assertThat(entry.attempted()).isEqualTo(rig.sandbox.seen().count()).isGreaterThan(1);
    assertThat(entry.tokens().output()).isZero();
    assertThat(entry.tokens().input()).as("about").isBetween(250L, 1_000L);
    assertThat(entry.tokens().source()).isEqualTo(Tokens.Source.ESTIMATED);
  }

  @Test
  void a_failover_to_another_leg_names_who_answered() {
    rig.keys("openai", A);
    rig.keys("google-ai-studio", B);
    var legs =
        List.of(
            new Leg("openai", "gpt-4o-mini", 0),
            new Leg("google-ai-studio", "gemini-2.5-flash", 0));
    rig.virtualModels = new VirtualModels(Map.of("fast", legs));
    rig.script.key(A, Fault.refuses(Complaint.Plain.INVALID_KEY));
    assertThat(rig.post("/v1/chat/completions", Calls.chat("fast")).statusCode()).isEqualTo(200);
    var entry = entry();
    assertThat(entry.asked().model()).isEqualTo("fast");
    assertThat(entry.served())
        .isEqualTo(new Entry.Served("google-ai-studio", "gemini-2.5-flash", B, Entry.Route.DIRECT));
    assertThat(entry.attempts())
        .extracting("provider")
        .containsExactly("openai", "google-ai-studio");
  }

  @Test
  void a_list_of_models_is_a_request_without_tokens() {
    rig.keys("openai", A);
    assertThat(rig.get("/v1/models").statusCode()).isEqualTo(200);
    var entry = entry();
    assertThat(entry.asked().kind()).isEqualTo(Entry.Kind.MODELS);
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.WHOLE));
    assertThat(entry.tokens()).isEqualTo(Tokens.NONE);
  }

  @Test
  void a_count_of_tokens_uses_none() {
    rig.keys("google-ai-studio", A);
    var body =
        new JsonObject().put("model", "google-ai-studio/gemini-2.5-flash").put("messages", words());
    assertThat(rig.post("/v1/messages/count_tokens", body.encode()).statusCode()).isEqualTo(200);
    var entry = entry();
    assertThat(entry.asked().kind()).isEqualTo(Entry.Kind.COUNT);
    assertThat(entry.tokens()).isEqualTo(Tokens.NONE);
  }

  @Test
  void a_socket_is_told_when_it_ends() throws Exception {
    try (var sockets = new SocketRig()) {
      var talk = sockets.openai(sockets::echo).open().say("hello");
      assertThat(talk.hears()).isEqualTo("hello");
      assertThat(sockets.rig.entries).isEmpty();
      assertThat(talk.leave(4321, "enough").ends()).isEqualTo("4321 enough");
      var entry = sockets.rig.entries.poll(30, TimeUnit.SECONDS);
      assertThat(entry).isNotNull();
      assertThat(entry.asked().kind()).isEqualTo(Entry.Kind.SOCKET);
      assertThat(entry.ending()).isEqualTo(new Entry.Ending(101, Entry.How.WHOLE));
    }
  }

  @Test
  void a_live_session_is_told_with_the_tokens_of_all_its_turns() throws Exception {
    try (var sockets = new SocketRig()) {
      var turn =
          "{\"type\":\"response.done\",\"response\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":3}}}";
      var frame = "\u0081" + (char) turn.length() + turn;
      var frames = (frame + frame + "\u0088\u0002\u0003\u00e8").getBytes(ISO_8859_1);
      var talk = sockets.openai(sockets.saying(frames)).open();
      assertThat(talk.hears()).isEqualTo(turn);
      assertThat(talk.ends()).isEqualTo("1000 ");
      var entry = sockets.rig.entries.poll(30, TimeUnit.SECONDS);
      assertThat(entry).isNotNull();
      assertThat(entry.tokens()).isEqualTo(new Tokens(20, 0, 0, 6, 0, Tokens.Source.TOLD));
      assertThat(entry.cost()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-aaaaaaaaaaaaaaaaaaCANARYaaaa1111",
        "AIzaSycccccccccccccCANARYcccccccccccccc3",
        "ob-CANARY78901234567890123456789012345678901234",
        "a0CANARYb1c2d3e4f5a6b7c8d9e0f1a2"
      })
  @DisplayName("S1 a key that is sent as the name of a model is noted nowhere")
  void a_key_for_a_model(String key) {
    rig.keys("openai", A);
    rig.post(Calls.CHAT, new JsonObject(Calls.HELLO).put("model", key).encode());
    rig.post("/v1/chat/completions", Calls.chat("openai/" + key));
    for (var i = 0; i < 2; i++) {
      var entry = rig.entries.remove();
      assertThat(entry.toString()).doesNotContain("CANARY");
      assertThat(entry.asked().model()).endsWith("[redacted]");
      assertThat(entry.served().model()).isEqualTo("[redacted]");
    }
  }

  @Test
  void a_body_that_does_not_come_is_told_too() throws Exception {
    rig.patience =
        Patiences.client(
            rig.patience, new ClientLimits(Duration.ofMillis(50), Duration.ofMinutes(10)));
    try (var line = rig.line()) {
      var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO);
      line.say(whole.substring(0, whole.length() - 10));
      line.hear();
      assertThat(entry().ending()).isEqualTo(new Entry.Ending(408, Entry.How.WHOLE));
    }
  }
}
