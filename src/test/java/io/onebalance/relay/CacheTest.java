package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.relay.exchange.rules.CacheRules;
import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An equal request is answered from memory where the operator, or the request, wants it.
class CacheTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String COMPAT = "/v1/chat/completions";

  private final Rig rig = new Rig();

  @BeforeEach
  void remember() {
    rig.stopClock(Instant.parse("2026-05-01T12:00:00Z"));
    rig.cache = Optional.of(new CacheRules(Duration.ofMinutes(5), List.of("*"), false));
    rig.answers.bound(16 << 20);
    rig.limitedTo = "openai";
    rig.keys("openai", A);
    rig.keys("anthropic", A);
    rig.keys("google-ai-studio", A);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private HttpResponse<String> askAs(String auth, String path, String body, String... fields) {
    var request =
        HttpRequest.newBuilder(URI.create(rig.url(path)))
            .header("authorization", "Bearer " + auth)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return rig.send((fields.length == 0 ? request : request.headers(fields)).build());
  }

  private HttpResponse<String> ask(String path, String body, String... fields) {
    return askAs(Rig.AUTH, path, body, fields);
  }

  private static String said(HttpResponse<String> answer, String field) {
    return answer.headers().firstValue(field).orElse("");
  }

  private static String status(HttpResponse<String> answer) {
    return said(answer, "x-one-balance-cache");
  }

  private long asked() {
    return rig.sandbox.seen().count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        Calls.CHAT
            + " | {\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        COMPAT
            + " | {\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        COMPAT
            + " | {\"model\":\"google-ai-studio/gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        COMPAT
            + " | {\"stream\":true,\"model\":\"google-ai-studio/gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        "/v1/responses | {\"store\":false,\"model\":\"openai/gpt-4o-mini\",\"input\":\"hi\"}",
        "/v1/embeddings | {\"model\":\"openai/text-embedding-3-small\",\"input\":\"hi\"}",
        Calls.CHAT
            + " | {\"stream\":true,\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        Calls.MESSAGES
            + " | {\"stream\":true,\"model\":\"claude-sonnet-4-5\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}",
        Calls.GENERATE + " | {\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}",
        Calls.GENERATE_STREAM
            + " | {\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}",
      })
  void the_second_of_two_equal_requests_is_told_the_same_bytes_and_asks_nobody(
      String path, String body) {
    var first = ask(path, body);
    var second = ask(path, body);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(status(first)).isEqualTo("MISS");
    assertThat(status(second)).isEqualTo("HIT");
    assertThat(said(second, "cf-aig-cache-status")).isEqualTo("HIT");
    assertThat(said(second, "x-one-balance-attempts")).isEqualTo("0");
    assertThat(said(second, "x-one-balance-key")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(said(second, "content-type")).isEqualTo(said(first, "content-type"));
    assertThat(said(second, "x-one-balance-request-id"))
        .isNotEqualTo(said(first, "x-one-balance-request-id"));
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void without_the_setting_nothing_is_remembered_nor_said() {
    rig.cache = Optional.empty();
    ask(Calls.CHAT, Calls.HELLO, "cf-aig-cache-ttl", "60");
    assertThat(status(ask(Calls.CHAT, Calls.HELLO, "cf-aig-cache-ttl", "60"))).isEmpty();
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void an_answer_from_memory_is_told_to_the_ledger_without_tokens_and_at_no_cost() {
    ask(Calls.CHAT, Calls.HELLO);
    ask(Calls.CHAT, Calls.HELLO);
    rig.entries.remove();
    var entry = rig.entries.remove();
    assertThat(entry.served())
        .isEqualTo(new Entry.Served("openai", "gpt-4o-mini", "", Entry.Route.CACHE));
    assertThat(entry.tokens()).isEqualTo(Tokens.NONE);
    assertThat(entry.cost()).contains(Money.ZERO);
    assertThat(entry.attempted()).isZero();
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.WHOLE));
  }

  @Test
  void an_answer_is_forgotten_when_its_time_is_over() {
    ask(Calls.CHAT, Calls.HELLO);
    rig.pass(Duration.ofSeconds(299));
    assertThat(status(ask(Calls.CHAT, Calls.HELLO))).isEqualTo("HIT");
    rig.pass(Duration.ofSeconds(2));
    assertThat(status(ask(Calls.CHAT, Calls.HELLO))).isEqualTo("MISS");
  }

  @Test
  void a_request_may_say_how_long_its_answer_is_remembered() {
    ask(Calls.CHAT, Calls.HELLO, "cf-aig-cache-ttl", "3600");
    rig.pass(Duration.ofMinutes(59));
    assertThat(status(ask(Calls.CHAT, Calls.HELLO))).isEqualTo("HIT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cf-aig-skip-cache", "x-one-balance-cache-skip"})
  void a_request_that_skips_is_asked_and_not_remembered(String field) {
    ask(Calls.CHAT, Calls.HELLO, field, "true");
    ask(Calls.CHAT, Calls.HELLO);
    assertThat(status(ask(Calls.CHAT, Calls.HELLO, field, "true"))).isEmpty();
    assertThat(asked()).isEqualTo(3);
  }

  @Test
  void only_named_models_are_remembered_unasked() {
    rig.cache = Optional.of(new CacheRules(Duration.ofMinutes(5), List.of("faq*"), false));
    rig.virtualModels =
        new VirtualModels(Map.of("faq-bot", List.of(new Leg("openai", "gpt-4o-mini", 0))));
    assertThat(status(ask(COMPAT, Calls.chat("openai/gpt-4o-mini")))).isEmpty();
    assertThat(status(ask(COMPAT, Calls.chat("openai/gpt-4o-mini"), "cf-aig-cache-ttl", "60")))
        .isEqualTo("MISS");
    assertThat(status(ask(COMPAT, Calls.chat("faq-bot")))).isEqualTo("MISS");
    assertThat(status(ask(COMPAT, Calls.chat("faq-bot")))).isEqualTo("HIT");
    rig.virtualModels =
        new VirtualModels(Map.of("faq-bot", List.of(new Leg("openai", "gpt-4o", 0))));
    assertThat(status(ask(COMPAT, Calls.chat("faq-bot")))).as("other legs").isEqualTo("MISS");
  }

  @Test
  void a_clients_own_name_stands_for_the_bytes_but_not_for_model_or_stream() {
    ask(Calls.CHAT, Calls.HELLO, "cf-aig-cache-key", "mine");
    var other = Calls.HELLO.replace("hello", "hello there");
    assertThat(status(ask(Calls.CHAT, other, "cf-aig-cache-key", "mine"))).isEqualTo("HIT");
    assertThat(status(ask(Calls.CHAT, other, "cf-aig-cache-key", "yours"))).isEqualTo("MISS");
    assertThat(status(ask(Calls.CHAT, Calls.chat("gpt-4o"), "cf-aig-cache-key", "mine")))
        .isEqualTo("MISS");
    assertThat(status(ask(Calls.CHAT, Calls.STREAM, "cf-aig-cache-key", "mine"))).isEqualTo("MISS");
  }

  @Test
  void one_gateway_key_is_not_told_what_another_was_told_unless_they_share() {
    ask(Calls.CHAT, Calls.HELLO);
    assertThat(status(askAs(Rig.LIMITED_AUTH, Calls.CHAT, Calls.HELLO))).isEqualTo("MISS");
    rig.cache = Optional.of(new CacheRules(Duration.ofMinutes(5), List.of("*"), true));
    ask(Calls.CHAT, Calls.HELLO);
    assertThat(status(askAs(Rig.LIMITED_AUTH, Calls.CHAT, Calls.HELLO))).isEqualTo("HIT");
  }

  @Test
  void what_a_gateway_key_may_not_ask_it_is_not_told_from_memory() {
    rig.cache = Optional.of(new CacheRules(Duration.ofMinutes(5), List.of("*"), true));
    rig.limitedTo = "openai,gpt-4o";
    ask(Calls.CHAT, Calls.HELLO);
    var refused = askAs(Rig.LIMITED_AUTH, Calls.CHAT, Calls.HELLO);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(status(refused)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_stream_that_is_cut_is_not_remembered(boolean reset) throws IOException {
    rig.script.play(Match.ALL, new Fault.Cuts(600, reset), Fault.well());
    try (var line = rig.line()) {
      var cut = line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM)).hear();
      assertThat(cut.field("x-one-balance-cache")).isEqualTo("MISS");
      assertThat(cut.whole()).isFalse();
    }
    var again = ask(Calls.CHAT, Calls.STREAM);
    assertThat(status(again)).isEqualTo("MISS");
    assertThat(again.body()).endsWith("data: [DONE]\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/responses | {\"model\":\"openai/gpt-4o-mini\",\"input\":\"hi\"}",
        Calls.CHAT
            + " | {\"store\":true,\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        "/api/openai/v1/responses |"
            + " {\"store\":false,\"previous_response_id\":\"resp_1\",\"model\":\"gpt-4o-mini\",\"input\":\"hi\"}",
        "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:countTokens | {\"contents\":[]}",
      })
  void what_leaves_something_behind_or_is_no_conversation_is_asked_each_time(
      String path, String body) {
    ask(path, body);
    assertThat(status(ask(path, body))).isEmpty();
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void a_refusal_is_not_remembered() {
    var no = "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}".getBytes(UTF_8);
    var json = Map.of("content-type", "application/json");
    rig.script.play(Match.ALL, new Fault.Says(400, json, no), Fault.well());
    assertThat(ask(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(400);
    var again = ask(Calls.CHAT, Calls.HELLO);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(status(again)).isEqualTo("MISS");
  }

  @Test
  void a_mistake_told_in_a_200_is_not_remembered() {
    var mistake = new Fault.RefusesWith200(new Complaint.BadRequest("no such tool"));
    rig.script.play(Match.ALL, mistake, Fault.well());
    assertThat(ask(Calls.CHAT, Calls.HELLO).body()).contains("no such tool");
    assertThat(status(ask(Calls.CHAT, Calls.HELLO))).isEqualTo("MISS");
  }

  @Test
  void fields_that_change_an_answer_make_another_question() {
    var body = Calls.MESSAGE_STREAM;
    ask(Calls.MESSAGES, body, "anthropic-beta", "one");
    assertThat(status(ask(Calls.MESSAGES, body, "anthropic-beta", "two"))).isEqualTo("MISS");
    assertThat(status(ask(Calls.MESSAGES, body, "anthropic-beta", "one"))).isEqualTo("HIT");
  }

  @Test
  void no_more_is_remembered_than_there_is_memory_for() {
    rig.answers.bound(64 << 10);
    for (var i = 0; i < 100; i++) {
      ask(Calls.CHAT, Calls.HELLO.replace("hello", "hello " + i));
    }
    assertThat(rig.answers.size()).isPositive().isLessThanOrEqualTo(64 << 10);
    ask(Calls.CHAT, Calls.chat("words-5000"));
    assertThat(status(ask(Calls.CHAT, Calls.chat("words-5000")))).as("too long").isEqualTo("MISS");
    rig.answers.bound(0);
    assertThat(rig.answers.size()).isZero();
    assertThat(rig.room.taken()).isZero();
  }

  @Test
  void where_a_gateway_is_asked_cloudflares_fields_are_left_to_it() {
    rig.catalogue = Catalogue.builtIn();
    rig.cache = Optional.of(new CacheRules(Duration.ofMinutes(5), List.of(), false));
    var told =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncf-aig-cache-status: MISS\r\n"
            + "content-length: 2\r\n\r\n{}";
    var heard = new CopyOnWriteArrayList<Message>();
    try (var gateway = new BareServer(line -> answerAll(line, heard, told))) {
      rig.way =
          new Way.Gateway(BaseUrl.parse(gateway.url() + "/v1/account/gate"), Optional.empty());
      assertThat(status(ask(Calls.CHAT, Calls.HELLO, "cf-aig-cache-ttl", "60"))).isEmpty();
      assertThat(heard.getFirst().field("cf-aig-cache-ttl")).isEqualTo("60");
      ask(Calls.CHAT, Calls.HELLO, "x-one-balance-cache-ttl", "60");
      var second = ask(Calls.CHAT, Calls.HELLO, "x-one-balance-cache-ttl", "60");
      assertThat(status(second)).isEqualTo("HIT");
      assertThat(said(second, "cf-aig-cache-status")).isEmpty();
      assertThat(heard).hasSize(2);
    }
  }

  private static void answerAll(Line line, List<Message> heard, String answer) throws IOException {
    while (true) {
      heard.add(line.hear());
      line.say(answer);
    }
  }

  @Test
  void a_stream_that_tells_of_an_error_is_not_remembered() {
    rig.script.play(Match.ALL, new Fault.FailsAfter(2, Complaint.Plain.OVERLOADED), Fault.well());
    ask(Calls.MESSAGES, Calls.MESSAGE_STREAM);
    assertThat(status(ask(Calls.MESSAGES, Calls.MESSAGE_STREAM))).isEqualTo("MISS");
    assertThat(status(ask(Calls.MESSAGES, Calls.MESSAGE_STREAM))).isEqualTo("HIT");
  }

  @Test
  void a_long_stream_is_told_whole_and_in_chunks() throws IOException {
    var body = Calls.chat("words-5000").replace("{\"model\"", "{\"stream\":true,\"model\"");
    var first = ask(Calls.CHAT, body);
    try (var line = rig.line()) {
      var heard = line.say(Calls.onTheWire("POST", Calls.CHAT, body)).hear();
      assertThat(heard.field("x-one-balance-cache")).isEqualTo("HIT");
      assertThat(heard.text()).isEqualTo(first.body());
    }
  }
}
