package io.onebalance.simulate.scenario;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.time.ZoneId;
import java.util.Optional;

/// One true limit: so much of a kind in a window. The window begins anew at fixed times of a clock
/// (`zone` is that of the day), or rolls where `zone` is empty.
public record Limit(Kind kind, Span span, long amount, Optional<ZoneId> zone) {
  /// What is counted, as requests cost it.
  public enum Kind {
    REQUESTS(Allowance.Kind.REQUESTS),
    TOKENS(Allowance.Kind.TOKENS),
    INPUT_TOKENS(Allowance.Kind.INPUT_TOKENS),
    OUTPUT_TOKENS(Allowance.Kind.OUTPUT_TOKENS),
    CONCURRENT(Allowance.Kind.CONCURRENT);

    private final Allowance.Kind told;

    Kind(Allowance.Kind told) {
      this.told = told;
    }

    /// What a provider calls it.
    public Allowance.Kind told() {
      return told;
    }

    public double cost(double input, double output) {
      return switch (this) {
        case REQUESTS, CONCURRENT -> 1;
        case TOKENS -> input + output;
        case INPUT_TOKENS -> input;
        case OUTPUT_TOKENS -> output;
      };
    }

    /// What is taken when the provider accepts the request.
    public long before(long input) {
      return switch (this) {
        case REQUESTS, CONCURRENT -> 1;
        case TOKENS, INPUT_TOKENS -> input;
        case OUTPUT_TOKENS -> 0;
      };
    }

    /// What is taken when the answer is whole.
    public long after(long output) {
      return switch (this) {
        case REQUESTS, CONCURRENT, INPUT_TOKENS -> 0;
        case TOKENS, OUTPUT_TOKENS -> output;
      };
    }
  }

  /// How long the window is.
  public enum Span {
    MINUTE(60_000, Window.MINUTE),
    DAY(86_400_000, Window.DAY),
    /// No window: what runs at once.
    NONE(0, Window.UNKNOWN);

    private final long millis;
    private final Window window;

    Span(long millis, Window window) {
      this.millis = millis;
      this.window = window;
    }

    public long millis() {
      return millis;
    }

    public Window window() {
      return window;
    }
  }

  public boolean rolls() {
    return zone.isEmpty();
  }
}
