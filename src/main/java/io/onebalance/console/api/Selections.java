package io.onebalance.console.api;

import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The keys that a request means: `ids`, or a `filter` of the listing's own words.
public final class Selections {
  private static final Set<String> FILTER = Set.of("provider", "status", "q");

  private final ProviderNames providers;

  public Selections(ProviderNames providers) {
    this.providers = providers;
  }

  Selection read(JsonRecord fields) {
    var filter = fields.field("filter");
    if (filter.isPresent() == fields.field("ids").isPresent()) {
      throw Refusal.invalid("give either 'ids' or 'filter'");
    }
    return filter.isPresent()
        ? new Selection.Matching(filter(filter.get()))
        : new Selection.Ids(fields.texts("ids", Limits.IDS));
  }

  /// As [#read]; where neither is given, all keys are meant.
  public Selection readOrAll(JsonRecord fields) {
    return fields.field("filter").isEmpty() && fields.field("ids").isEmpty()
        ? new Selection.Matching(Filter.ANY)
        : read(fields);
  }

  /// A filter without any word would mean every key there is; nobody means that by leaving it out.
  private Filter filter(JsonNode node) {
    var fields = JsonRecord.of(node, FILTER);
    var filter =
        KeyQuery.filter(
            fields.textOr("provider", Limits.WORD),
            fields.textOr("status", Limits.WORD),
            fields.textOr("q", Limits.SEARCH),
            providers);
    if (filter.provider().isEmpty() && filter.status().isEmpty() && filter.text().isEmpty()) {
      throw Refusal.invalid("'filter' needs at least one of: provider, q, status");
    }
    return filter;
  }
}
