package io.onebalance.console.api;

import io.onebalance.console.json.Json;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.key.Counts;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/providers`: all of the catalogue, the road their requests take, and how many keys of
/// each are in which state.
public final class ProviderApi {
  private final Supplier<Catalogue> catalogue;
  private final Supplier<Way> way;
  private final Keyring keyring;

  public ProviderApi(Supplier<Catalogue> catalogue, Supplier<Way> way, Keyring keyring) {
    this.catalogue = catalogue;
    this.way = way;
    this.keyring = keyring;
  }

  public Reply list(Ask ask) {
    ask.query().only(Set.of());
    var orphans = new TreeMap<>(keyring.counts());
    var json = Json.MAPPER.createObjectNode();
    var items = json.putArray("items");
    for (var provider : catalogue.get().all()) {
      var counts = orphans.remove(provider.slug());
      items.add(item(provider, counts == null ? Counts.NONE : counts));
    }
    orphans.forEach((slug, counts) -> items.add(orphan(slug, counts)));
    json.putNull("next");
    return Answers.json(200, json.toString());
  }

  private ObjectNode item(Provider provider, Counts counts) {
    var json = Json.MAPPER.createObjectNode();
    json.put("slug", provider.slug());
    json.put("dialect", provider.dialect().name().toLowerCase(Locale.ROOT));
    json.put("via", provider.viaGateway(way.get()) ? "gateway" : "direct");
    var aliases = json.putArray("aliases");
    provider.about().aliases().forEach(aliases::add);
    json.set("keys", counts(counts));
    return json;
  }

  /// Keys whose provider is no longer in the settings.
  private static ObjectNode orphan(String slug, Counts counts) {
    var json = Json.MAPPER.createObjectNode();
    json.put("slug", slug).putNull("dialect").putNull("via").putArray("aliases");
    json.set("keys", counts(counts));
    return json;
  }

  private static ObjectNode counts(Counts counts) {
    return Json.MAPPER
        .createObjectNode()
        .put("active", counts.active())
        .put("cooling", counts.cooling())
        .put("set_aside", counts.setAside())
        .put("blocked", counts.blocked())
        .put("total", counts.total());
  }
}
