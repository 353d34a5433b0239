package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What of a client reaches a provider, and what of a provider reaches a client: no credential
/// travels either way, and nobody but the settings says where a request goes.
class PrivacyTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String OTHERS_KEY = "anthropic-key-0000000000000";

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private volatile String answer = "";
  private final BareServer upstream =
      new BareServer(line -> {
        while (true) {
          heard.add(line.hear());
          line.say(answer);
        }
      });

  PrivacyTest() {
    rig.key("openai", "id-of-a", KEY, "");
    rig.keys("anthropic", OTHERS_KEY);
    rig.at("openai", upstream.url() + "/v1");
    answer = answering(200, "");
  }

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  /// Every place where a gateway key may be presented.
  static Stream<List<String>> presented() {
    return Stream.of(
        List.of("", "authorization: Bearer " + Rig.AUTH),
        List.of("", "authorization: Token " + Rig.AUTH),
        List.of("", "authorization: Key " + Rig.AUTH),
        List.of("", "authorization: Api-Key " + Rig.AUTH),
        List.of("", "authorization: " + Rig.AUTH),
        List.of("", "x-api-key: " + Rig.AUTH),
        List.of("", "x-goog-api-key: " + Rig.AUTH),
        List.of("", "api-key: " + Rig.AUTH),
        List.of("", "xi-api-key: " + Rig.AUTH),
        List.of("?key=" + Rig.AUTH, "x: y"),
        List.of("?a=1&api_key=" + Rig.AUTH + "&b=2", "x: y"),
        List.of("", "x-api-key: wrong\r\nauthorization: Bearer " + Rig.AUTH),
        List.of("?key=" + Rig.AUTH, "x-goog-api-key: wrong"));
  }

  @ParameterizedTest
  @MethodSource("presented")
  @DisplayName("S12, D4 a gateway key opens the door wherever it is, and never goes upstream")
  void gateway_keys_stay_here(List<String> place) throws IOException {
    var request = wire(Calls.CHAT + place.get(0), place.get(1), Calls.HELLO);
    assertThat(ask(request).status()).isEqualTo(200);
    var sent = heard.getFirst();
    assertThat(sent.everything()).doesNotContain(Rig.AUTH).doesNotContain("wrong");
    assertThat(sent.all("authorization")).containsExactly("Bearer " + KEY);
    assertThat(sent.target())
        .isEqualTo("/v1/chat/completions" + (place.get(0).contains("a=1") ? "?a=1&b=2" : ""));
  }

  @Test
  @DisplayName("S9, S10, S12 no field steers host or key; cookies and forwarding fields stay here")
  void nothing_steers_and_nothing_leaks() throws IOException {
    var fields =
        String.join(
            "\r\n",
            "authorization: Bearer " + Rig.AUTH,
            "cookie: session=secret",
            "forwarded: for=1.2.3.4",
            "x-forwarded-for: 1.2.3.4",
            "x-forwarded-host: evil.test",
            "x-forwarded-proto: https",
            "x-real-ip: 1.2.3.4",
            "via: 1.1 evil.test",
            "x-base-url: http://evil.test",
            "x-portkey-config: {\"host\":\"evil.test\"}",
            "openai-organization: org-evil",
            "openai-project: proj-evil",
            "proxy-authorization: Basic x",
            "cf-aig-authorization: Bearer x",
            "cf-aig-byok-alias: evil",
            "x-one-balance-key: other",
            "te: trailers",
            "user-agent: my-client/1.0",
            "x-stainless-lang: java");
    var body =
        """
        {"model":"gpt-4o-mini","api_base":"http://evil.test","base_url":"http://evil.test",\
        "api_key":"x","fallbacks":[{"api_base":"http://evil.test"}],"messages":[]}\
        """;
    assertThat(ask(wire(Calls.CHAT + "?base_url=http%3A%2F%2Fevil.test", fields, body)).status())
        .isEqualTo(200);

    var sent = heard.getFirst();
    assertThat(sent.fields())
        .extracting(field -> field.name().toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrder(
            "host",
            "content-type",
            "content-length",
            "x-base-url",
            "x-portkey-config",
            "user-agent",
            "x-stainless-lang",
            "authorization",
            "accept-encoding");
    assertThat(sent.field("host")).isEqualTo("127.0.0.1:" + upstream.port());
    assertThat(sent.field("authorization")).isEqualTo("Bearer " + KEY);
    assertThat(sent.text()).isEqualTo(body);
  }

  @Test
  @DisplayName("F49 Connection cannot name away what we add, only what the client wrote")
  void connection_names_only_the_clients_fields() throws IOException {
    var fields =
        "authorization: Bearer "
            + Rig.AUTH
            + "\r\nconnection: authorization, host, content-type, x-mine, accept-encoding"
            + "\r\nx-mine: 1";
    assertThat(ask(wire(Calls.CHAT, fields, Calls.HELLO)).status()).isEqualTo(200);
    var sent = heard.getFirst();
    assertThat(sent.field("authorization")).isEqualTo("Bearer " + KEY);
    assertThat(sent.field("accept-encoding")).isEqualTo("identity");
    assertThat(sent.field("host")).isEqualTo("127.0.0.1:" + upstream.port());
    assertThat(sent.all("x-mine")).isEmpty();
  }

  @Test
  @DisplayName("S12, D5 a key only goes to its own provider")
  void keys_go_to_their_own_provider() throws IOException {
    for (var i = 0; i < 4; i++) {
      ask(wire(Calls.CHAT, "authorization: Bearer " + Rig.AUTH, Calls.HELLO));
      rig.post(Calls.MESSAGES, Calls.MESSAGE_STREAM);
    }
    assertThat(heard).allSatisfy(m -> assertThat(m.everything()).doesNotContain(OTHERS_KEY));
    assertThat(rig.sandbox.seen().all())
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked.key()).isEqualTo(OTHERS_KEY));
  }

  @Test
  @DisplayName("S12 answers bring no rate limits, no account, no cookie, no other host's promises")
  void answers_tell_nothing_of_the_account() throws IOException {
    answer =
        answering(
            200,
            String.join(
                "\r\n",
                "x-ratelimit-remaining-requests: 1",
                "anthropic-ratelimit-tokens-limit: 5",
                "openai-organization: org-1",
                "openai-project: proj-1",
                "retry-after: 3",
                "set-cookie: __cf_bm=x",
                "strict-transport-security: max-age=1",
                "alt-svc: h3=\":443\"",
                "www-authenticate: Bearer",
                "x-one-balance-key: forged",
                "access-control-allow-origin: *",
                "proxy-authenticate: Basic",
                "keep-alive: timeout=5",
                "x-request-id: req-1",
                "openai-processing-ms: 3",
                ""));
    var told = ask(wire(Calls.CHAT, "authorization: Bearer " + Rig.AUTH, Calls.HELLO));
    assertThat(told.fields())
        .extracting(field -> field.name().toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrder(
            "x-one-balance-request-id",
            "x-one-balance-attempts",
            "x-one-balance-key",
            "content-type",
            "content-length",
            "x-request-id",
            "openai-processing-ms");
    assertThat(told.all("x-one-balance-key")).containsExactly("id-of-a");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422, 500})
  @DisplayName("S26 a refusal that echoes the key is scrubbed, in the body and in the fields")
  void echoed_keys_are_scrubbed(int status) throws IOException {
    var secret = "sk-proj-very-secret-canary-0123456789";
    rig.pools.of("openai").remove("id-of-a");
    rig.key("openai", "id", secret, "");
    var body = "{\"error\":{\"message\":\"Incorrect: " + secret + "\"}}";
    answer =
        "HTTP/1.1 "
            + status
            + " X\r\ncontent-type: application/json\r\nx-echo: Bearer "
            + secret
            + "\r\nlocation: /x?key="
            + secret
            + "\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    var told = ask(wire(Calls.CHAT, "authorization: Bearer " + Rig.AUTH, Calls.HELLO));
    assertThat(told.status()).isEqualTo(status);
    assertThat(told.everything()).doesNotContain(secret);
    assertThat(told.text()).contains("[redacted]");
  }

  @Test
  @DisplayName("S26 the key is scrubbed from the fields of a success too")
  void echoed_keys_in_fields_of_a_success() throws IOException {
    answer = answering(200, "x-echo: " + KEY + "\r\nx-other: ok\r\n");
    var told = ask(wire(Calls.CHAT, "authorization: Bearer " + Rig.AUTH, Calls.HELLO));
    assertThat(told.all("x-echo")).isEmpty();
    assertThat(told.field("x-other")).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\r\n\r\n",
        "HTTP/1.1 %s OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: %s\r\n\r\n",
        "HTTP/1.1 200 OK\r\n"
            + "content-type: application/json\r\n"
            + "transfer-encoding: chunked\r\n\r\n"
            + "%s\r\n"
      })
  @DisplayName("S26 garbage with the key in it is told to nobody")
  void garbage_is_not_quoted(String garbage) throws IOException {
    answer = garbage.formatted(KEY);
    var fields = "authorization: Bearer " + Rig.AUTH + "\r\nx-one-balance-explain: 1";
    var told = ask(wire(Calls.CHAT, fields, Calls.HELLO));
    assertThat(told.status()).isEqualTo(502);
    assertThat(told.everything()).doesNotContainIgnoringCase(KEY);
  }

  @Test
  @DisplayName("P20 x-one-balance-explain tells the story with masked keys")
  void the_story_is_masked() {
    rig.at("openai", rig.sandbox.url() + "/openai/v1");
    rig.key("openai", "id-of-b", "sk-proj-bbbbbbbbbbbbbbbbbbbbbbbbbbbbb1234", "");
    rig.script.play(Match.ALL, Fault.dead());
    var told =
        rig.send(
            rig.request(Calls.CHAT)
                .header("x-one-balance-explain", "1")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Calls.HELLO))
                .build());
    assertThat(told.headers().firstValue("x-one-balance-why"))
        .hasValueSatisfying(why -> assertThat(why).contains("...1234 is dead"));
    assertThat(told.headers().map().toString() + told.body())
        .doesNotContain("sk-proj-bbb")
        .doesNotContain(KEY.substring(0, 10));
  }

  @Test
  @DisplayName("D27 a provider's own failure keeps its content type")
  void failures_keep_their_type() {
    rig.at("openai", rig.sandbox.url() + "/openai/v1");
    rig.script.play(
        Match.ALL,
        new Fault.Says(
            404,
            Map.of("content-type", "text/plain; charset=x"),
            "not here".getBytes(StandardCharsets.UTF_8)));
    var told = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(told.headers().firstValue("content-type")).contains("text/plain; charset=x");
    assertThat(told.body()).isEqualTo("not here");
  }

  private static String answering(int status, String fields) {
    return "HTTP/1.1 "
        + status
        + " X\r\ncontent-type: application/json\r\n"
        + fields
        + "content-length: 2\r\n\r\n{}";
  }

  private static String wire(String target, String fields, String body) {
    return "POST "
        + target
        + " HTTP/1.1\r\nhost: gateway.test\r\n"
        + fields
        + "\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private Message ask(String request) throws IOException {
    try (var line = rig.line()) {
      return line.say(request).hear();
    }
  }
}
