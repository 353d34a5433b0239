package io.onebalance.console.api;

import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Page;
import io.onebalance.store.keyring.Keyring.Sort;
import java.util.List;
import java.util.Set;

/// What a listing asks for: which keys, in which order, from where on, how many.
public record KeyQuery(Filter filter, Sort sort, String cursor, int limit) {
  static final Set<String> PARAMETERS =
      Set.of("provider", "status", "q", "sort", "cursor", "limit");
  static final List<String> STATUSES = List.of(Filter.ACTIVE, Filter.COOLING, Filter.BLOCKED);
  private static final int USUAL_LIMIT = 100;

  public static KeyQuery of(Params params, ProviderNames providers) {
    var filter =
        filter(params.text("provider"), params.text("status"), params.text("q"), providers);
    return new KeyQuery(
        filter,
        KeySort.of(params.text("sort")),
        params.text("cursor"),
        limit(params.text("limit")));
  }

  static Filter filter(String provider, String status, String text, ProviderNames providers) {
    if (!status.isEmpty() && !STATUSES.contains(status)) {
      throw Refusal.invalid("'status' must be one of: " + Shown.list(STATUSES));
    }
    var slug = provider.isEmpty() ? "" : providers.known(provider);
    return new Filter(slug, status, Limits.line("q", text, Limits.SEARCH));
  }

  public Page page(Keyring keyring) {
    try {
      return keyring.list(filter, sort, cursor, limit);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return USUAL_LIMIT;
    }
    try {
      var limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= Limits.PAGE) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below, as any other number that is not allowed.
    }
    throw Refusal.invalid("'limit' must be a whole number from 1 to " + Limits.PAGE);
  }
}
