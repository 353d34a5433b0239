package io.onebalance.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.proof.SigV4;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.site.Credentials;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests of keys that are signed with or exchanged, as traffic's are.
class ProofTest {
  @TempDir Path dir;
  private Rig rig;
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private volatile String answer = said(200, "{\"access_token\":\"ya29.t\",\"expires_in\":3600}");
  private final BareServer upstream =
      new BareServer(line -> {
        while (true) {
          heard.add(line.hear());
          line.say(answer);
        }
      });

  @BeforeEach
  void open() {
    rig = new Rig(dir);
    rig.catalogue =
        Catalogue.builtIn()
            .with(
                Map.of(
                    "aws-bedrock", Map.of("base-url", upstream.url()),
                    "google-vertex-ai",
                        Map.of("base-url", upstream.url(), "token-url", upstream.url() + "/t")));
  }

  @AfterEach
  void close() {
    rig.close();
    upstream.close();
  }

  @Test
  void access_keys_are_tested_at_the_control_plane_by_a_signed_call() {
    var id = rig.add("aws-bedrock", Credentials.AWS.reveal());
    assertThat(find("aws-bedrock", id)).isEqualTo(new Finding.Valid());
    var sent = heard.getFirst();
    assertThat(sent.start()).isEqualTo("GET /foundation-models HTTP/1.1");
    var secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    var host = "127.0.0.1:" + upstream.port();
    assertThat(SigV4.verify(sent, host, "/foundation-models", secret).right()).isTrue();
  }

  @Test
  void a_service_account_is_tested_with_its_token() {
    var id = rig.add("google-vertex-ai", Credentials.serviceAccount("p-1").reveal());
    assertThat(find("google-vertex-ai", id)).isEqualTo(new Finding.Valid());
    assertThat(heard.getLast().field("authorization")).isEqualTo("Bearer ya29.t");
    assertThat(heard.getLast().target())
        .isEqualTo(
            "/v1/projects/p-1/locations/global/publishers/google/models/gemini-2.5-flash"
                + ":countTokens");
  }

  @Test
  void a_service_account_that_gets_no_token_is_invalid() {
    answer = said(400, "{\"error\":\"invalid_grant\"}");
    var id = rig.add("google-vertex-ai", Credentials.serviceAccount("p-1").reveal());
    assertThat(find("google-vertex-ai", id)).isInstanceOf(Finding.Invalid.class);
    assertThat(rig.standing(id).state()).isInstanceOf(State.Blocked.class);
  }

  @Test
  void a_token_endpoint_that_fails_says_nothing_of_the_key() {
    answer = said(503, "{}");
    var id = rig.add("google-vertex-ai", Credentials.serviceAccount("p-1").reveal());
    assertThat(find("google-vertex-ai", id)).isInstanceOf(Finding.Unknown.class);
    assertThat(rig.standing(id).state()).isInstanceOf(State.Active.class);
  }

  @Test
  void a_stored_text_that_is_no_credential_is_invalid() {
    var id = rig.add("aws-bedrock", "{\"access_key_id\":\"AKIDEXAMPLEAKIDEXAMP\"}");
    assertThat(find("aws-bedrock", id))
        .isInstanceOfSatisfying(
            Finding.Invalid.class,
            invalid -> assertThat(invalid.reason()).contains("has no secret_access_key"));
    assertThat(heard).isEmpty();
  }

  private Finding find(String provider, String id) {
    var finding = rig.examiner.examine(provider, id, "").finding();
    assertThat(rig.pools.of(provider).inFlight()).isZero();
    return finding;
  }

  private static String said(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
