package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.offer.Offer;
import io.onebalance.console.offer.OfferReader;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Percent;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Visit;
import java.util.Map;

/// Keys that somebody adds, in every shape. The first line is the content type, the rest the body.
///
/// A body is read or refused, nothing else; every key of a plain list of JSON texts arrives, and a
/// refusal never repeats what it refuses.
final class AddedKeys implements Target {
  private static final int LONGEST_REFUSAL = 300;

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var type = parts.line();
    var body = parts.rest();
    try {
      check(OfferReader.read(visit(type, body)));
    } catch (Refusal refusal) {
      checkRefusal(refusal);
    }
    checkParameters(parts.restAsText());
  }

  private static void check(Offer offer) {
    assertThat(offer.invalid())
        .allSatisfy(one -> {
          assertThat(one.line()).isPositive();
          assertThat(one.why()).isNotBlank().hasSizeLessThan(LONGEST_REFUSAL);
        });
    assertThat(offer.toString().length()).isNotNegative();
  }

  private static void checkRefusal(Refusal refusal) {
    assertThat(refusal.status()).isBetween(400, 499);
    assertThat(refusal.why()).isNotBlank().hasSizeLessThan(LONGEST_REFUSAL).matches("\\P{Cntrl}*");
  }

  private static void checkParameters(String text) {
    try {
      var params = Params.parse(text);
      params
          .all()
          .forEach(param ->
              assertThat(Percent.decode(Percent.encode(param.value()), true))
                  .isEqualTo(param.value()));
    } catch (Refusal refusal) {
      checkRefusal(refusal);
    }
  }

  private static Visit visit(String type, byte[] body) {
    return new Visit(
        "POST",
        "/api/keys/add/openai",
        "",
        Given.fields(Map.of("content-type", type)),
        body,
        "127.0.0.1",
        false);
  }
}
