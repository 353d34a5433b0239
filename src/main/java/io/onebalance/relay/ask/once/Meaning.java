package io.onebalance.relay.ask.once;

import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Mistake;
import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.exchange.HeaderFields;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.upstream.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;

/// What an answer to an errand means, as its provider judges it: `viaGateway` says who else may
/// have spoken.
record Meaning(Errand errand, boolean viaGateway, Instant now) {
  /// What is wrong with an answer that began as a success, if anything is.
  Optional<Verdict> ofSuccess(HttpClientResponse response, Buffer bytes, boolean whole) {
    return errand.provider().judgeOpening(opening(response, bytes, whole), now);
  }

  /// A client's mistake that was found in such an answer, as a refusal. What came as events, or is
  /// not all there, is told as its error alone.
  Mistake mistake(HttpClientResponse response, Buffer bytes, boolean whole) {
    var opening = opening(response, bytes, whole);
    var mistake = errand.provider().mistake(opening);
    return opening.complete() && !opening.isStream() && !opening.isFramed()
        ? new Mistake(mistake.status(), opening.firstBytes())
        : mistake;
  }

  private Opening opening(HttpClientResponse response, Buffer bytes, boolean whole) {
    var fits = bytes.length() <= Start.LOOK;
    var type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return new Opening(
        response.statusCode(),
        type == null ? "" : type,
        fits ? Bytes.of(bytes) : bytes.getBytes(0, Start.LOOK),
        whole && fits,
        viaGateway);
  }

  Verdict ofRefusal(HttpClientResponse response, byte[] body) {
    var answer =
        new Answer(
            response.statusCode(),
            HeaderFields.of(response.headers()),
            body,
            viaGateway,
            errand.message().path());
    return errand.provider().judge(answer, now);
  }
}
