package io.onebalance.console.api.transfer;

import io.onebalance.console.api.ProviderNames;
import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.secret.Secret;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Arrivals.Arriving;
import io.onebalance.store.keyring.Arrivals.Fate;
import io.onebalance.store.keyring.Keyring;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /api/keys/import`: takes in keys with what was known of them elsewhere, or only says what
/// would become of them.
public final class ImportApi {
  private static final Set<String> FIELDS = Set.of("keys", "dry_run");

  private final ProviderNames providers;
  private final Keyring keyring;
  private final InstantSource clock;

  public ImportApi(ProviderNames providers, Keyring keyring, InstantSource clock) {
    this.providers = providers;
    this.keyring = keyring;
    this.clock = clock;
  }

  public Reply answer(Ask ask) {
    var fields = JsonRecord.of(Json.body(ask.visit()), FIELDS);
    var keys = fields.field("keys").orElseThrow(() -> Refusal.invalid("'keys' is missing"));
    if (!keys.isArray()) {
      throw Refusal.invalid("'keys' must be a list");
    }
    if (keys.size() > Limits.IDS) {
      throw Refusal.tooLarge("more than " + Limits.IDS + " keys in one request");
    }
    var round = new Round(clock.instant());
    keys.values().forEach(round::look);
    var dry = fields.flag("dry_run").orElse(false);
    var arrivals = keyring.arrivals();
    var done = dry ? arrivals.foresee(round.fit) : arrivals.take(round.fit, ask.actor());
    return Answers.json(200, round.json(done).put("dry_run", dry).toString());
  }

  /// The keys of one request: those to be offered to the store, and what is known of the others.
  private final class Round {
    private final Instant now;
    private final List<Arriving> fit = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    Round(Instant now) {
      this.now = now;
    }

    /// What is wrong with one key does not keep the others out.
    void look(JsonNode node) {
      try {
        var one = KeyRecord.of(node, now);
        var provider = providers.inCatalogue(one.provider());
        var why = provider.unfit(new Secret(one.words().key().strip()));
        if (why.isEmpty()) {
          fit.add(
              new Arriving(
                  provider.slug(), one.words(), one.weight(), one.standing(), one.createdAt()));
        }
        refused.add(why.orElse(""));
      } catch (Refusal wrong) {
        refused.add(wrong.why());
      }
    }

    ObjectNode json(List<Fate> fates) {
      var json = Json.MAPPER.createObjectNode();
      var sums = new int[4];
      var items = Json.MAPPER.createArrayNode();
      var rest = fates.iterator();
      for (var why : refused) {
        var fate = why.isEmpty() ? rest.next() : new Fate.Invalid(why);
        var item = items.addObject().put("line", items.size());
        sums[told(fate, item)]++;
      }
      json.put("added", sums[0]).put("changed", sums[1]).put("same", sums[2]);
      json.put("invalid", sums[3]).set("items", items);
      return json;
    }
  }

  /// The place of the fate's sum.
  private static int told(Fate fate, ObjectNode item) {
    return switch (fate) {
      case Fate.Added() -> {
        item.put("what", "added");
        yield 0;
      }
      case Fate.Changed(var fields) -> {
        var list = item.put("what", "changed").putArray("fields");
        fields.forEach(list::add);
        yield 1;
      }
      case Fate.Same() -> {
        item.put("what", "same");
        yield 2;
      }
      case Fate.Invalid(var why) -> {
        item.put("what", "invalid").put("why", why);
        yield 3;
      }
    };
  }
}
