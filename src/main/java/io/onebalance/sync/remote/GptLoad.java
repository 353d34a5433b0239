package io.onebalance.sync.remote;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// gpt-load, by its management API. Its keys belong to groups; a group whose name is a provider's
/// is that provider's, any other goes by the kind of its channel.
public final class GptLoad implements Place {
  private static final int PAGE = 500;

  /// What it calls the kinds of channels.
  private static final Map<String, String> CHANNELS = Map.of("gemini", "google-ai-studio");

  private record Group(long id, String provider) {}

  private final Http http;
  private final Names names;
  private final Map<String, Known> there = new LinkedHashMap<>();

  /// `key` is its AUTH_KEY; `names` knows which names are providers.
  public GptLoad(String url, Secret key, Names names) {
    this.http = Http.bearer(url, key);
    this.names = names;
  }

  @Override
  public String name() {
    return "gpt-load at " + http.base();
  }

  @Override
  public Reading read() throws IOException {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    for (var group : groups()) {
      for (var item : items(group)) {
        Row.of(item)
            .carried(Optional.of(group.provider()))
            .filter(key -> !key.key().reveal().equals("failed-to-decrypt"))
            .ifPresentOrElse(
                keys::add, () -> flaws.add("key " + item.path("id").asString("") + " has no text"));
      }
    }
    return new Reading(keys, flaws);
  }

  private List<Group> groups() throws IOException {
    var groups = new ArrayList<Group>();
    for (var one : data(http.get("/api/groups"))) {
      var called = names.of(one.path("name").asString(""));
      var channel = one.path("channel_type").asString("");
      var provider =
          names.catalogue().find(called).isPresent()
              ? called
              : names.of(CHANNELS.getOrDefault(channel, channel));
      groups.add(new Group(one.path("id").asLong(), provider));
    }
    return groups;
  }

  private List<JsonNode> items(Group group) throws IOException {
    var items = new ArrayList<JsonNode>();
    var pages = 1L;
    for (var page = 1L; page <= pages; page++) {
      var path = "/api/keys?group_id=%d&page=%d&page_size=%d".formatted(group.id(), page, PAGE);
      var found = data(http.get(path));
      found.path("items").forEach(items::add);
      pages = found.path("pagination").path("total_pages").asLong(1);
    }
    return items;
  }

  private JsonNode data(JsonNode answer) throws Refusal {
    if (answer.path("code").asInt(0) != 0) {
      throw new Refusal(http.base() + " refused: " + answer.path("message").asString(""));
    }
    return answer.path("data");
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws IOException {
    var fates = new ArrayList<Fate>();
    var fresh = new LinkedHashMap<Known, List<String>>();
    for (var key : keys) {
      var group = known().get(key.provider());
      var fate = group == null ? new Fate.Failed("there is no group for it") : group.fate(key);
      fates.add(fate);
      if (group != null && fate instanceof Fate.Added) {
        fresh.computeIfAbsent(group, _ -> new ArrayList<>()).add(key.key().reveal());
      }
    }
    if (!dry) {
      for (var one : fresh.entrySet()) {
        one.getKey().add(one.getValue());
      }
    }
    return fates;
  }

  /// The groups are read once, for all pieces that are brought.
  private Map<String, Known> known() throws IOException {
    if (there.isEmpty()) {
      for (var group : groups()) {
        there.putIfAbsent(group.provider(), new Known(group));
      }
    }
    return there;
  }

  /// What a group has, read when it is first asked for.
  private final class Known {
    private final Group group;
    private Optional<Set<String>> had = Optional.empty();

    Known(Group group) {
      this.group = group;
    }

    Fate fate(Carried key) throws IOException {
      if (key.blocked().isPresent()) {
        return Fate.OUT_OF_USE;
      }
      if (had.isEmpty()) {
        had = Optional.of(texts());
      }
      return had.get().contains(key.key().reveal()) ? new Fate.Same() : new Fate.Added();
    }

    private Set<String> texts() throws IOException {
      return items(group).stream()
          .map(item -> item.path("key_value").asString(""))
          .collect(Collectors.toCollection(HashSet::new));
    }

    void add(List<String> fresh) throws IOException {
      var body = JsonMapper.shared().createObjectNode();
      body.put("group_id", group.id()).put("keys_text", String.join("\n", fresh));
      data(http.post("/api/keys/add-multiple", body));
      had.ifPresent(known -> known.addAll(fresh));
    }
  }
}
