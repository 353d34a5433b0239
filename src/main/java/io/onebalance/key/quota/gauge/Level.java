package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.util.Locale;

/// How far a known limit was used up at a moment; `told` says that the provider named it.
public record Level(Kind kind, Window window, long limit, boolean told, long used) {
  static Level of(Gauge gauge, long now) {
    return new Level(gauge.kind(), gauge.window(), gauge.limit(), gauge.isTold(), gauge.used(now));
  }

  public String words() {
    return kind == Kind.CONCURRENT
        ? used + " of " + limit + " at once" + (told ? "" : " (learnt)")
        : ofWindow();
  }

  private String ofWindow() {
    return used
        + " of "
        + limit
        + " "
        + kind.word()
        + (told ? "" : " (learnt)")
        + " used in its "
        + window.name().toLowerCase(Locale.ROOT);
  }
}
