package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.proof.SigV4;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.provider.site.Credentials;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests to Amazon Bedrock as they arrive, on a real socket.
class SignedRequestTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String INVOKE = "/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke";
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private volatile String answer = OK;
  private final BareServer aws =
      new BareServer(line -> {
        while (true) {
          heard.add(line.hear());
          line.say(answer);
        }
      });

  SignedRequestTest() {
    rig.at("aws-bedrock", aws.url());
    rig.key("aws-bedrock", "a", Credentials.AWS.reveal(), "");
  }

  @AfterEach
  void close() {
    aws.close();
    rig.close();
  }

  @Test
  void a_request_arrives_signed_for_what_arrives() {
    var sent = rig.post("/api/aws-bedrock" + INVOKE + "?trace=ENABLED", "{\"max_tokens\":1}");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    var claim = claim("127.0.0.1:" + aws.port(), INVOKE + "?trace=ENABLED");
    assertThat(claim.right()).isTrue();
    assertThat(claim.region()).isEqualTo("eu-central-1");
    assertThat(heard.getFirst().text()).isEqualTo("{\"max_tokens\":1}");
    assertThat(heard.getFirst().everything()).doesNotContain(SECRET, Rig.AUTH);
  }

  @Test
  void a_body_of_half_a_megabyte_is_signed_too() {
    var body = "{\"x\":\"" + "y".repeat(600_000) + "\"}";
    assertThat(rig.post("/api/aws-bedrock" + INVOKE, body).statusCode()).isEqualTo(200);
    assertThat(claim("127.0.0.1:" + aws.port(), INVOKE).right()).isTrue();
  }

  @Test
  @DisplayName("a body too large to keep can't be signed: 413, and no key is to blame")
  void a_body_that_passes_by_is_refused() {
    var sent = rig.post("/api/aws-bedrock" + INVOKE, "x".repeat((1 << 20) + 1));
    assertThat(sent.statusCode()).isEqualTo(413);
    assertThat(sent.body()).contains("request_too_large", "signed", "1048576");
    assertThat(heard).isEmpty();
    assertThat(rig.counts("aws-bedrock").active()).isEqualTo(1);
    rig.untilIdle("aws-bedrock");
  }

  @Test
  void what_cannot_be_signed_is_the_clients_mistake_however_large_its_body() {
    for (var body : List.of("{}", "y".repeat(600_000))) {
      var method = HttpRequest.BodyPublishers.ofString(body);
      var request = rig.request("/api/aws-bedrock" + INVOKE).method("FOO", method).build();
      assertThat(rig.send(request).statusCode()).as(body.length() + " bytes").isEqualTo(400);
    }
    assertThat(heard).isEmpty();
    rig.untilIdle("aws-bedrock");
  }

  @Test
  @DisplayName("what never left does not show that the gateway lets requests pass again")
  void a_road_that_was_not_taken_is_not_known_to_be_open() {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    rig.catalogue = Catalogue.builtIn();
    rig.way = new Way.Gateway(BaseUrl.parse(aws.url() + "/v1/acct/gw"), Optional.empty());
    var limited = "{\"success\":false,\"error\":[{\"code\":2003,\"message\":\"slow\"}]}";
    answer =
        "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\ncontent-length: "
            + limited.length()
            + "\r\n\r\n"
            + limited;
    var path = "/api/aws-bedrock/bedrock-runtime/us-west-2" + INVOKE;
    assertThat(rig.post(path, "{}").headers().firstValue("retry-after")).contains("2");
    rig.pass(Duration.ofSeconds(3));
    assertThat(rig.post(path, "x".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    assertThat(rig.post(path, "{}").headers().firstValue("retry-after"))
        .as("the second rest in a row is longer")
        .contains("4");
  }

  @Test
  void the_gateway_gets_what_is_signed_for_aws() {
    rig.catalogue = Catalogue.builtIn();
    rig.way = new Way.Gateway(BaseUrl.parse(aws.url() + "/v1/acct/gw"), Optional.empty());
    var path = "/bedrock-runtime/us-west-2" + INVOKE;
    assertThat(rig.post("/api/aws-bedrock" + path, "{}").statusCode()).isEqualTo(200);
    assertThat(heard.getFirst().target()).isEqualTo("/v1/acct/gw/aws-bedrock" + path);
    var claim = claim("bedrock-runtime.us-west-2.amazonaws.com", INVOKE);
    assertThat(claim.right()).isTrue();
    assertThat(claim.region()).isEqualTo("us-west-2");
  }

  @Test
  @DisplayName("S12 what an AWS client signed with does not go on")
  void a_clients_own_signature_stays_here() {
    var request =
        rig.request("/api/aws-bedrock" + INVOKE)
            .header("x-amz-security-token", "the-clients-own")
            .header("x-amz-date", "20200101T000000Z")
            .header("x-amz-content-sha256", "0")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(rig.send(request).statusCode()).isEqualTo(200);
    assertThat(heard.getFirst().field("x-amz-security-token")).isEmpty();
    assertThat(claim("127.0.0.1:" + aws.port(), INVOKE).right()).isTrue();
  }

  @Test
  void a_bedrock_api_key_goes_along_as_it_is() {
    rig.pools.of("aws-bedrock").remove("a");
    rig.key("aws-bedrock", "bedrock-api-key-0123456789");
    assertThat(rig.post("/api/aws-bedrock" + INVOKE, "{}").statusCode()).isEqualTo(200);
    assertThat(heard.getFirst().field("authorization"))
        .isEqualTo("Bearer bedrock-api-key-0123456789");
  }

  @Test
  @DisplayName("S26 an answer that echoes a part of the credential is scrubbed")
  void a_part_that_is_echoed_is_scrubbed() {
    var body = "{\"message\":\"wrong secret " + SECRET + "\"}";
    answer =
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    var sent = rig.post("/api/aws-bedrock" + INVOKE, "{}");
    assertThat(sent.statusCode()).isEqualTo(400);
    assertThat(sent.body()).contains("wrong secret [redacted]").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "400 Bad Request"})
  @DisplayName("S26 a field that echoes a part of the credential is left out")
  void a_part_that_is_echoed_in_a_field_is_left_out(String status) {
    answer =
        "HTTP/1.1 "
            + status
            + "\r\ncontent-type: application/json\r\nx-echo: secret="
            + SECRET
            + "\r\nx-other: ok\r\ncontent-length: 2\r\n\r\n{}";
    var sent = rig.post("/api/aws-bedrock" + INVOKE, "{}");
    assertThat(sent.headers().firstValue("x-echo")).isEmpty();
    assertThat(sent.headers().firstValue("x-other")).hasValue("ok");
  }

  @Test
  void a_stored_text_that_is_no_credential_is_blocked_and_told() {
    rig.pools.of("aws-bedrock").remove("a");
    rig.key("aws-bedrock", "bad", "{\"access_key_id\":\"AKIDEXAMPLEAKIDEXAMP\"}", "");
    assertThat(rig.post("/api/aws-bedrock" + INVOKE, "{}").statusCode()).isEqualTo(502);
    assertThat(rig.standing("aws-bedrock", "bad").state())
        .isInstanceOfSatisfying(
            State.Blocked.class,
            blocked -> assertThat(blocked.reason()).contains("has no secret_access_key"));
    assertThat(heard).isEmpty();
  }

  @Test
  void a_region_that_is_none_is_the_clients_mistake() {
    rig.catalogue = Catalogue.builtIn();
    var sent = rig.post("/api/aws-bedrock/bedrock-runtime/evil.example/model/x/invoke", "{}");
    assertThat(sent.statusCode()).isEqualTo(400);
    assertThat(sent.body()).contains("no AWS region");
    var method = rig.request("/api/aws-bedrock/model/x").method("FOO", noBody()).build();
    assertThat(rig.send(method).statusCode()).isEqualTo(400);
    rig.untilIdle("aws-bedrock");
    assertThat(rig.counts("aws-bedrock").active()).isEqualTo(1);
  }

  @Test
  void the_same_way_is_open_through_the_openai_dialect() {
    var chat = "{\"model\":\"aws-bedrock/openai.gpt-oss-20b-1:0\",\"messages\":[]}";
    answer =
        "HTTP/1.1 200 OK\r\n"
            + "content-type: application/json\r\n"
            + "content-length: 13\r\n\r\n"
            + "{\"choices\":1}";
    assertThat(rig.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
    assertThat(heard.getFirst().target()).isEqualTo("/openai/v1/chat/completions");
    assertThat(heard.getFirst().text()).contains("\"openai.gpt-oss-20b-1:0\"");
    assertThat(claim("127.0.0.1:" + aws.port(), "/openai/v1/chat/completions").right()).isTrue();
  }

  private SigV4.Claim claim(String host, String target) {
    return SigV4.verify(heard.getFirst(), host, target, SECRET);
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }
}
