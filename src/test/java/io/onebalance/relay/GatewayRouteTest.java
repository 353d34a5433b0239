package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.BaseUrl;
import io.onebalance.provider.Way;
import io.onebalance.secret.Secret;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private Way way(Optional<Secret> token) {
    return new Way.Gateway(BaseUrl.parse(gateway.url() + "/v1/account/gate"), token);
  }

  private Message ask(String... fields) throws IOException {
    try (var line = rig.line()) {
      return line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO, fields)).hear();
    }
  }
}
