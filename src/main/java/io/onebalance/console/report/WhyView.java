package io.onebalance.console.report;

import io.onebalance.key.why.Why;
import io.onebalance.secret.Scrub;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/// Why keys were chosen for a request, as it is told.
final class WhyView {
  private static final int MILLIS = 3;

  private WhyView() {}

  static void into(ArrayNode told, List<Why> whys) {
    for (var why : whys) {
      var one =
          told.addObject()
              .put("at", BigDecimal.valueOf(why.at().toEpochMilli(), MILLIS))
              .put("key", why.keyId())
              .put("because", Scrub.scrub(why.because()))
              .put("pool", why.pool());
      var others = one.putArray("others");
      why.others()
          .forEach(other ->
              others
                  .addObject()
                  .put("key", other.keyId())
                  .put("because", Scrub.scrub(other.because())));
    }
  }
}
