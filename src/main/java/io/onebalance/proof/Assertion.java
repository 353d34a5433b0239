package io.onebalance.proof;

import io.onebalance.provider.credential.GoogleCredential.ServiceAccount;
import io.onebalance.provider.credential.Unfit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/// What a service account says of itself to get a token: a JWT, signed with its key (RFC 7523).
final class Assertion {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final Duration LIFE = Duration.ofHours(1);

  /// Clocks differ; what was said in the future is refused.
  private static final Duration AGO = Duration.ofSeconds(10);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Assertion() {}

  /// `audience` is the URL it is sent to. Fails with [Unfit] where the key can't sign.
  static String of(ServiceAccount account, String audience, Instant now) {
    var head = JSON.createObjectNode().put("alg", "RS256").put("typ", "JWT");
    if (!account.keyId().isEmpty()) {
      head.put("kid", account.keyId());
    }
    var said = now.minus(AGO).getEpochSecond();
    var claims =
        JSON.createObjectNode()
            .put("iss", account.email())
            .put("scope", SCOPE)
            .put("aud", audience)
            .put("iat", said)
            .put("exp", said + LIFE.toSeconds());
    var text = encoded(head.toString()) + "." + encoded(claims.toString());
    return text + "." + BASE64.encodeToString(account.key().sign(text));
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
