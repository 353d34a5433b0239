package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.Way;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Traffic through a pretended Cloudflare AI Gateway.
class GatewayRouteTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String TOKEN = "gateway-token-0123456789abcdef";

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private volatile String answer =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncf-aig-cache-status: MISS\r\n"
          + "content-length: 2\r\n\r\n{}";
  private final BareServer gateway =
      new BareServer(line -> {
        while (true) {
          heard.add(line.hear());
          line.say(answer);
        }
      });

  GatewayRouteTest() {
    rig.keys("openai", KEY, "key-b-000000000000000000000");
    rig.keys("google-ai-studio", KEY);
    rig.catalogue = io.onebalance.provider.Catalogue.builtIn();
    rig.way = way(Optional.of(new Secret(TOKEN)));
  }

  @AfterEach
  void close() {
    gateway.close();
    rig.close();
  }

  @Test
  @DisplayName("each provider has its path at the gateway; our token opens it")
  void goes_through_the_gateway() {
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(rig.post(Calls.GENERATE_STREAM, Calls.CONTENTS).statusCode()).isEqualTo(200);
    assertThat(heard)
        .extracting(Message::target)
        .containsExactly(
            "/v1/account/gate/openai/chat/completions",
            "/v1/account/gate/google-ai-studio/v1beta/models/gemini-2.5-flash"
                + ":streamGenerateContent?alt=sse");
    assertThat(heard)
        .allSatisfy(sent -> {
          assertThat(sent.field("cf-aig-authorization")).isEqualTo("Bearer " + TOKEN);
          assertThat(sent.field("cf-aig-max-attempts")).isEqualTo("1");
          assertThat(sent.field("host")).isEqualTo("127.0.0.1:" + gateway.port());
          assertThat(sent.everything()).doesNotContain(Rig.AUTH);
        });
    assertThat(heard.getLast().field("x-goog-api-key")).isEqualTo(KEY);
  }

  @Test
  @DisplayName("gateway.translate: gateway leaves chat to Cloudflare's /compat, and nothing else")
  void chat_may_be_left_to_cloudflare() {
    rig.cloudflareTranslates = true;
    rig.post("/v1/chat/completions", Calls.chat("google-ai-studio/gemini-2.5-flash"));
    rig.post("/v1beta/models/google-ai-studio%2Fgemini-2.5-flash:generateContent", Calls.CONTENTS);
    assertThat(heard)
        .extracting(Message::target)
        .containsExactly(
            "/v1/account/gate/compat/chat/completions",
            "/v1/account/gate/google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent");
    assertThat(heard.getFirst().everything())
        .contains("\"model\":\"google-ai-studio/gemini-2.5-flash\"", KEY);
  }

  @Test
  @DisplayName("the client's cf-aig-* go on, but not what chooses among keys, nor its token")
  void the_clients_own_fields_with_a_token() throws IOException {
    ask("cf-aig-metadata: {\"a\":1}", "cf-aig-authorization: Bearer mine", "cf-aig-byok-alias: x");
    var sent = heard.getFirst();
    assertThat(sent.field("cf-aig-metadata")).isEqualTo("{\"a\":1}");
    assertThat(sent.all("cf-aig-authorization")).containsExactly("Bearer " + TOKEN);
    assertThat(sent.all("cf-aig-byok-alias")).isEmpty();
  }

  @Test
  @DisplayName("the client's cf-aig-authorization goes on where no token is set")
  void the_clients_own_token_without_ours() throws IOException {
    rig.way = way(Optional.empty());
    ask("cf-aig-authorization: Bearer mine");
    assertThat(heard.getFirst().all("cf-aig-authorization")).containsExactly("Bearer mine");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  @DisplayName("D6 the gateway's own refusal (2009) is blamed on no key and asked once")
  void the_gateways_own_refusal(int status) {
    var body =
        "{\"name\":\"AiGatewayError\",\"internalCode\":2009,\"message\":\"Unauthorized\","
            + "\"description\":\"\"}";
    answer =
        "HTTP/1.1 "
            + status
            + " X\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    var told = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(told.statusCode()).isEqualTo(502);
    assertThat(told.body()).contains("all_keys_failed", "2009");
    assertThat(heard).hasSize(1);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("the gateway hears which request and which key, by our ids, and does not cache")
  void what_we_tell_the_gateway() throws IOException {
    ask();
    var sent = heard.getFirst();
    assertThat(sent.field("cf-aig-event-id")).isNotBlank();
    assertThat(sent.field("cf-aig-metadata"))
        .matches("\\{\"key\":\"[^\"]+\"}"); // -cache")).isEqualTo("true");
    assertThat(sent.field("cf-aig-no-wholesale")).isEqualTo("true");
  }

  @Test
  @DisplayName(
      "a client that says something of its own is let have its way, but for money and retries")
  void what_the_client_tells_the_gateway() throws IOException {
    ask(
        "cf-aig-event-id: mine",
        "cf-aig-cache-ttl: 3600",
        "cf-aig-max-attempts: 5",
        "cf-aig-no-wholesale: false");
    var sent = heard.getFirst();
    assertThat(sent.all("cf-aig-event-id")).containsExactly("mine");
    assertThat(sent.all("cf-aig-cache-ttl")).containsExactly("3600");
    assertThat(sent.all("cf-aig-skip-cache")).isEmpty();
    assertThat(sent.all("cf-aig-max-attempts")).containsExactly("1");
    assertThat(sent.all("cf-aig-no-wholesale")).containsExactly("true");
  }

  @Test
  @DisplayName("nothing of the gateway goes to a provider that is asked directly")
  void directly_nothing_is_told() throws IOException {
    rig.catalogue = rig.catalogue.with(Map.of("openai", Map.of("base-url", gateway.url() + "/v1")));
    ask("cf-aig-metadata: {\"a\":1}", "cf-aig-authorization: Bearer mine");
    assertThat(heard.getFirst().everything()).doesNotContainIgnoringCase("cf-aig-");
    assertThat(heard.getFirst().target()).isEqualTo("/v1/chat/completions");
  }

  @Test
  @DisplayName("guardrails make one JSON of a stream: it passes as it is")
  void a_stream_that_became_json() {
    var body = "{\"id\":\"chatcmpl-1\",\"choices\":[{\"message\":{\"content\":\"hi\"}}]}";
    answer = told(200, body);
    var told = rig.post(Calls.CHAT, Calls.HELLO.replaceFirst("\\{", "{\"stream\":true,"));
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.body()).isEqualTo(body);
    assertThat(told.headers().firstValue("content-type")).contains("application/json");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"424, 2016", "424, 2017", "400, 2029", "400, 2030"})
  @DisplayName("F23 what guardrails and data loss prevention block goes back as it is")
  void blocked_content_goes_back(int status, int code) {
    answer = told(status, own(code, "blocked"));
    var told = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(told.statusCode()).isEqualTo(status);
    assertThat(told.body()).isEqualTo(own(code, "blocked"));
    assertThat(heard).hasSize(1);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"400, 2001", "400, 2008", "402, 2021", "401, 2009", "400, 2005", "403, 2999"})
  @DisplayName("F22 what is wrong with the gateway's settings costs no key, and is told")
  void a_fault_of_the_settings(int status, int code) {
    answer = told(status, own(code, "no"));
    for (var i = 1; i <= 2; i++) {
      var told = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(told.statusCode()).isEqualTo(502);
      assertThat(told.body()).contains("all_keys_failed", "not by a key");
      assertThat(heard).hasSize(i);
    }
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F20 the gateway's own limit rests the road, not a key")
  void the_gateways_own_limit() {
    answer = limited(60);
    for (var i = 0; i < 3; i++) {
      var told = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(told.statusCode()).isEqualTo(429);
      assertThat(told.headers().firstValue("retry-after")).contains("60");
    }
    assertThat(heard).hasSize(1);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F20 a short rest of the road is waited for")
  void a_short_rest_of_the_road() {
    var good = answer;
    answer = limited(1);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    answer = good;
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(heard).hasSize(2);
  }

  @Test
  @DisplayName("F24 a limit of the edge before one provider keeps nobody from another")
  void a_limit_of_the_edge() {
    var good = answer;
    answer =
        told(429, "error code: 1015")
            .replaceFirst("application/json", "text/plain")
            .replaceFirst("\r\n", "\r\nretry-after: 60\r\n");
    var limited = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("retry-after")).contains("60");
    assertThat(rig.counts("openai").active()).isEqualTo(2);
    answer = good;
    assertThat(rig.post(Calls.GENERATE, Calls.CONTENTS).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"522, <html>522</html>", "403, error code: 1020", "530, error code: 1016"})
  @DisplayName("an error of Cloudflare's edge costs no key")
  void an_error_of_the_edge(int status, String body) {
    answer = told(status, body).replace("application/json", "text/html");
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(502);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("what tells of the answer comes back, what tells of our account does not")
  void the_gateways_answer_fields() {
    answer =
        told(200, "{}")
            .replaceFirst(
                "\r\n",
                "\r\ncf-aig-cache-status: HIT\r\ncf-aig-step: 0\r\ncf-aig-log-id: 01J\r\n"
                    + "cf-aig-dlp: {\"findings\":[]}\r\n");
    var fields = rig.post(Calls.CHAT, Calls.HELLO).headers();
    assertThat(fields.firstValue("cf-aig-cache-status")).contains("HIT");
    assertThat(fields.firstValue("cf-aig-step")).contains("0");
    assertThat(fields.firstValue("cf-aig-log-id")).contains("01J");
    assertThat(fields.firstValue("cf-aig-dlp")).isEmpty();
  }

  private static String limited(int seconds) {
    return told(429, own(2003, "Rate limited"))
        .replaceFirst("\r\n", "\r\nretry-after: " + seconds + "\r\n");
  }

  private static String own(int code, String message) {
    return "{\"success\":false,\"result\":[],\"messages\":[],\"error\":[{\"code\":%d,\"message\":\"%s\"}]}"
        .formatted(code, message);
  }

  private static String told(int status, String body) {
    return "HTTP/1.1 %d X\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private Way way(Optional<Secret> token) {
    return new Way.Gateway(BaseUrl.parse(gateway.url() + "/v1/account/gate"), token);
  }

  private Message ask(String... fields) throws IOException {
    try (var line = rig.line()) {
      return line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO, fields)).hear();
    }
  }
}
