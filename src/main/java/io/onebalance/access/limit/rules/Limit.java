package io.onebalance.access.limit.rules;

import java.util.Arrays;
import java.util.Optional;

/// One thing that can be limited. `setting` is its name in the settings, `field` its name in the
/// API; `noun` is how a client is told of it. Money is counted in millionths of a dollar.
public enum Limit {
  REQUESTS_PER_MINUTE(
      "requests-per-minute", "requests_per_minute", "requests a minute", 1_000_000L),
  TOKENS_PER_MINUTE("tokens-per-minute", "tokens_per_minute", "tokens a minute", Limit.MANY),
  CONCURRENT("concurrent", "concurrent", "requests at once", 1_000_000L),
  MONEY_PER_DAY("usd-per-day", "cost_micros_per_day", "a day", Limit.MOST_MONEY),
  TOKENS_PER_DAY("tokens-per-day", "tokens_per_day", "tokens a day", Limit.MANY),
  MONEY_PER_MONTH("usd-per-month", "cost_micros_per_month", "a month", Limit.MOST_MONEY),
  TOKENS_PER_MONTH("tokens-per-month", "tokens_per_month", "tokens a month", Limit.MANY);

  private static final long MANY = 10_000_000_000L;

  /// A million dollars.
  private static final long MOST_MONEY = 1_000_000_000_000L;

  private final String setting;
  private final String field;
  private final String noun;
  private final long most;

  Limit(String setting, String field, String noun, long most) {
    this.setting = setting;
    this.field = field;
    this.noun = noun;
    this.most = most;
  }

  public String setting() {
    return setting;
  }

  public String field() {
    return field;
  }

  /// The largest number that may be set; the least is 1, of budgets 0.
  public long most() {
    return most;
  }

  public long least() {
    return isBudget() ? 0 : 1;
  }

  public boolean isMoney() {
    return this == MONEY_PER_DAY || this == MONEY_PER_MONTH;
  }

  public boolean isBudget() {
    return switch (this) {
      case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT -> false;
      case MONEY_PER_DAY, TOKENS_PER_DAY, MONEY_PER_MONTH, TOKENS_PER_MONTH -> true;
    };
  }

  /// The limit and its number in words: `60 requests a minute`, `$5.00 a day`.
  public String told(long number) {
    return (isMoney() ? Usd.text(number) : Long.toString(number)) + " " + noun;
  }

  public static Optional<Limit> ofSetting(String name) {
    return Arrays.stream(values()).filter(limit -> limit.setting.equals(name)).findFirst();
  }

  public static Optional<Limit> ofField(String name) {
    return Arrays.stream(values()).filter(limit -> limit.field.equals(name)).findFirst();
  }
}
