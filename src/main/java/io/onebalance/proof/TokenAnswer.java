package io.onebalance.proof;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Reads the answer of a token endpoint (RFC 6749, 5). A key is dead only where it is named as the
/// reason; anything else is the endpoint's own doing.
final class TokenAnswer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> DEAD =
      Set.of("invalid_grant", "invalid_client", "unauthorized_client", "deleted_client");

  /// Said with `invalid_grant` where clocks differ too much.
  private static final String CLOCK = "reasonable timeframe";

  private static final long LONGEST = Duration.ofHours(12).toSeconds();
  private static final long UNTOLD = Duration.ofMinutes(10).toSeconds();

  private TokenAnswer() {}

  static Obtained read(int status, byte[] body, Instant now) {
    var answer = json(body);
    var token = answer.path("access_token").asString("");
    if (status == 200 && isSendable(token)) {
      var life = Math.clamp(answer.path("expires_in").asLong(UNTOLD), 0, LONGEST);
      return new Obtained.Granted(new AccessToken(new Secret(token), now.plusSeconds(life)));
    }
    return new Obtained.Denied(verdict(status, answer));
  }

  private static Verdict verdict(int status, JsonNode answer) {
    var error = answer.path("error").asString("");
    if (answer.path("error_description").asString("").contains(CLOCK)) {
      return new Verdict.Faulted("the token endpoint says that this machine's clock is wrong");
    }
    return status / 100 == 4 && DEAD.contains(error)
        ? new Verdict.Dead(Reason.INVALID)
        : new Verdict.Faulted("the token endpoint answered " + status);
  }

  private static boolean isSendable(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }
}
