package io.onebalance.proof;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;

/// Exchanges a service account for a token, and waits for it.
final class TokenCall {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String GRANT =
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";

  private final Inquiry inquiry;
  private final InstantSource clock;

  TokenCall(Inquiry inquiry, InstantSource clock) {
    this.inquiry = inquiry;
    this.clock = clock;
  }

  Obtained exchange(Proof.Token proof) {
    try {
      return switch (inquiry.ask(question(proof))) {
        case Inquiry.Result.Answered answered ->
            TokenAnswer.read(answered.status(), answered.body(), clock.instant());
        case Inquiry.Result.Unanswered(var why) ->
            new Obtained.Denied(new Verdict.Faulted("the token endpoint: " + why));
      };
    } catch (Unfit _) {
      return new Obtained.Denied(new Verdict.Dead(Reason.INVALID));
    }
  }

  private Question question(Proof.Token proof) {
    var url = proof.tokens();
    var assertion = Assertion.of(proof.account(), url.url(), clock.instant());
    return new Question(
        url.origin(),
        HttpMethod.POST,
        url.path(),
        fields -> fields.set(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded"),
        new Body.Kept(Buffer.buffer(GRANT + assertion)),
        PATIENCE);
  }
}
