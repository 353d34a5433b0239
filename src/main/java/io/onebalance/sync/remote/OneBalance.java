package io.onebalance.sync.remote;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.KeyJson;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Another One Balance, by its key API. It compares by itself, so its keys are only read where they
/// are to go elsewhere.
public final class OneBalance implements Place {
  private final Http http;

  /// `key` is an unrestricted gateway key of that server.
  public OneBalance(String url, Secret key) {
    this.http = Http.bearer(url, key);
  }

  @Override
  public String name() {
    return "One Balance at " + http.base();
  }

  @Override
  public Reading read() throws IOException {
    var all = http.text("POST", "/api/keys/export", "application/json", "{\"reveal\":true}");
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    for (var line : all.lines().toList()) {
      var json = http.json(line);
      Row.of(json)
          .carried(Optional.empty())
          .ifPresentOrElse(
              keys::add,
              () -> flaws.add("key " + json.path("id").asString() + " is damaged there"));
    }
    return new Reading(keys, flaws);
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws IOException {
    var body = JsonMapper.shared().createObjectNode().put("dry_run", dry);
    var list = body.putArray("keys");
    keys.forEach(key -> list.add(KeyJson.of(key)));
    var fates = new ArrayList<Fate>();
    for (var item : http.post("/api/keys/import", body).path("items")) {
      fates.add(fate(item));
    }
    return fates;
  }

  private static Fate fate(JsonNode item) throws Refusal {
    return switch (item.path("what").asString("")) {
      case "added" -> new Fate.Added();
      case "changed" ->
          new Fate.Changed(item.path("fields").values().stream().map(JsonNode::asString).toList());
      case "same" -> new Fate.Same();
      case "invalid" -> new Fate.Failed(item.path("why").asString(""));
      // Another server may say anything.
      default -> throw new Refusal("the answer is not that of an import; is it an older version?");
    };
  }
}
