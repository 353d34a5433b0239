package io.onebalance.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.http.Origin;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.credential.AwsCredential.AccessKeys;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import io.onebalance.wire.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSignatureTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant THEN = Instant.parse("2015-08-30T12:36:00Z");
  private static final String HOST = "bedrock-runtime.us-east-1.amazonaws.com";

  /// From AWS' published test suite (aws-sig-v4-test-suite): they hold the verifier to account.
  @ParameterizedTest
  @CsvSource({
    "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "GET, /?Param2=value2&Param1=value1,"
        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
  })
  void the_verifier_agrees_with_the_published_vectors(
      String method, String target, String signature) {
    var authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature=";
    assertThat(vector(method, target, authorization + signature).right()).isTrue();
    assertThat(vector(method, target + "x", authorization + signature).right()).isFalse();
  }

  private static SigV4.Claim vector(String method, String target, String authorization) {
    var fields =
        List.of(
            new Message.Field("authorization", authorization),
            new Message.Field("x-amz-date", "20150830T123600Z"));
    var request = new Message(method + " " + target + " HTTP/1.1", fields, new byte[0], true);
    return SigV4.verify(request, "example.amazonaws.com", target, SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /model/anthropic.claude-3-haiku-20240307-v1:0/invoke, {\"a\":1}",
    "POST, /model/anthropic.claude-3-haiku-20240307-v1%3A0/converse, {\"a\":1}",
    "POST, /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/invoke, ''",
    "GET, /foundation-models?byProvider=Amazon&byOutputModality=TEXT, ''",
    "GET, /x?b=2&a=%2F%20+~&a=1&empty&e=, ''",
    "PUT, /a//b/~x_y-z.w/, ü",
    "DELETE, /, ''"
  })
  void a_signature_is_what_aws_computes_from_the_request(
      String method, String target, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var request = signed(keys(Optional.empty()), method, target, bytes);
    var claim = SigV4.verify(request, HOST, target, SECRET);
    assertThat(claim.right()).as("%s", claim).isTrue();
    assertThat(claim.id()).isEqualTo("AKIDEXAMPLE");
    assertThat(claim.service()).isEqualTo("bedrock");
    assertThat(claim.signedHeaders()).isEqualTo("host;x-amz-content-sha256;x-amz-date");
    var other =
        new Message(
            request.start(), request.fields(), "other".getBytes(StandardCharsets.UTF_8), true);
    assertThat(SigV4.verify(other, HOST, target, SECRET).right()).isFalse();
  }

  @Test
  void a_session_token_goes_along_and_is_signed() {
    var token = new Secret("session/token+=");
    var request = signed(keys(Optional.of(token)), "POST", "/model/x/invoke", new byte[0]);
    assertThat(request.field("x-amz-security-token")).isEqualTo(token.reveal());
    var claim = SigV4.verify(request, HOST, "/model/x/invoke", SECRET);
    assertThat(claim.right()).isTrue();
    assertThat(claim.signedHeaders()).contains("x-amz-security-token");
  }

  @Test
  void what_cannot_be_signed_is_the_requests_fault() {
    for (var bad : List.of("FOO /", "GET /?a=%zz")) {
      var words = bad.split(" ", -1);
      assertThatThrownBy(() -> signed(keys(Optional.empty()), words[0], words[1], new byte[0]))
          .isInstanceOf(IllegalPath.class);
    }
  }

  private static AccessKeys keys(Optional<Secret> session) {
    return new AccessKeys("AKIDEXAMPLE", new Secret(SECRET), session, Optional.empty());
  }

  private static Message signed(AccessKeys keys, String method, String target, byte[] body) {
    var how =
        new Proof.Signature(keys, "us-east-1", "bedrock", new Origin(true, HOST, 443), target);
    var fields = new ArrayList<Message.Field>();
    AwsSignature.fields(how, method, body, THEN)
        .forEach(header -> fields.add(new Message.Field(header.name(), header.value())));
    assertThat(fields).extracting(Message.Field::name).doesNotContain("Host", "host");
    return new Message(method + " " + target + " HTTP/1.1", fields, body, true);
  }
}
