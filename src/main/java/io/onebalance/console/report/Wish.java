package io.onebalance.console.report;

import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.log.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a visitor wants to see, read strictly from the query.
record Wish(Params params) {
  private static final Set<String> COMMON =
      Set.of(
          "from", "to", "provider", "model", "gateway_key", "key_id", "status", "limit", "format");

  private static final String ERROR = "error";

  /// `more` are the parameters that go beyond the common ones.
  static Wish of(Ask ask, Set<String> more) {
    var allowed = new HashSet<>(COMMON);
    allowed.addAll(more);
    return new Wish(ask.query().only(allowed));
  }

  Instant time(String name, Instant otherwise) {
    var text = params.text(name);
    return text.isEmpty() ? otherwise : Moment.of(name, text);
  }

  Filter filter(Catalogue catalogue) {
    var provider = word("provider");
    return new Filter(
        word("gateway_key"),
        catalogue.find(provider).map(Provider::slug).orElse(provider),
        word("model"),
        word("key_id"),
        outcomes());
  }

  /// A text to look for, as long as such names are.
  String word(String name) {
    return Limits.line(name, params.text(name), Limits.WORD);
  }

  /// Several are separated by commas.
  private List<String> outcomes() {
    var status = params.text("status");
    if (status.isEmpty()) {
      return List.of();
    }
    if (status.equals(ERROR)) {
      return Outcome.ERRORS;
    }
    var words = List.of(status.split(",", -1));
    if (!Outcome.ALL.containsAll(words)) {
      throw Refusal.invalid(
          "'status' must be %s, or of: %s".formatted(ERROR, String.join(", ", Outcome.ALL)));
    }
    return words;
  }

  int limit(int usual, int most) {
    var text = params.text("limit");
    if (text.isEmpty()) {
      return usual;
    }
    try {
      var limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below, as any other number that is not allowed.
    }
    throw Refusal.invalid("'limit' must be a whole number from 1 to " + most);
  }

  /// Whether the answer is to be CSV: by the query, or else by what is accepted.
  static boolean csv(Ask ask, Wish wish) {
    return switch (wish.params.text("format")) {
      case "csv" -> true;
      case "json" -> false;
      case "" -> accepts(ask);
      // Clients send any text.
      default -> throw Refusal.invalid("'format' must be json or csv");
    };
  }

  private static boolean accepts(Ask ask) {
    var accept = ask.visit().headers().first("accept");
    return accept != null && accept.contains(Csv.TYPE);
  }
}
