package io.onebalance.sync.remote;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Place;
import io.onebalance.sync.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// thebalance, by its pages and its key API. It tells of a key only by id, and of ids only in its
/// pages; it takes keys without any word about them, and does not say which of them it had.
public final class TheBalance implements Place {
  private static final List<String> PROVIDERS =
      List.of(
          "google-ai-studio",
          "google-vertex-ai",
          "anthropic",
          "azure-openai",
          "aws-bedrock",
          "cartesia",
          "cerebras-ai",
          "cohere",
          "deepseek",
          "elevenlabs",
          "grok",
          "groq",
          "huggingface",
          "mistral",
          "openai",
          "openrouter",
          "perplexity-ai",
          "replicate");

  /// Providers that are called otherwise there.
  private static final Map<String, String> THERE = Map.of("cerebras", "cerebras-ai");

  private static final Pattern BOX =
      Pattern.compile("<input\\b[^>]*\\bname=\"key_id(?:\\[\\])?\"[^>]*>");
  private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([A-Za-z0-9_-]+)\"");
  private static final int MOST_PAGES = 100_000;

  private final Http http;

  /// `key` is its AUTH_KEY.
  public TheBalance(String url, Secret key) {
    this.http = new Http(url, Map.of("cookie", new Secret("auth_key=" + key.reveal())));
  }

  @Override
  public String name() {
    return "thebalance at " + http.base();
  }

  @Override
  public Reading read() throws IOException {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    for (var provider : PROVIDERS) {
      for (var status : List.of("active", "blocked")) {
        for (var id : ids(provider, status)) {
          Row.of(http.get("/api/keys/" + id + "/coolings"))
              .carried(Optional.of(provider))
              .ifPresentOrElse(keys::add, () -> flaws.add("key " + id + " has no text"));
        }
      }
    }
    return new Reading(keys, flaws);
  }

  private Set<String> ids(String provider, String status) throws IOException {
    var ids = new LinkedHashSet<String>();
    for (var page = 1; page <= MOST_PAGES; page++) {
      var html =
          http.text("GET", "/keys/" + provider + "?status=" + status + "&page=" + page, "", "");
      if (!ids.addAll(idsIn(html))) {
        return ids;
      }
    }
    return ids;
  }

  private static List<String> idsIn(String html) {
    return BOX.matcher(html)
        .results()
        .map(box -> VALUE.matcher(box.group()))
        .filter(value -> value.find())
        .map(value -> value.group(1))
        .toList();
  }

  /// A key that is out of use here would come into use there, and stays here.
  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws IOException {
    var byProvider = new LinkedHashMap<String, List<Carried>>();
    for (var key : keys) {
      if (key.blocked().isEmpty()) {
        byProvider.computeIfAbsent(key.provider(), _ -> new ArrayList<>()).add(key);
      }
    }
    if (!dry) {
      for (var one : byProvider.entrySet()) {
        add(one.getKey(), one.getValue());
      }
    }
    return keys.stream().map(TheBalance::fate).toList();
  }

  private void add(String provider, List<Carried> keys) throws IOException {
    var text = keys.stream().map(key -> key.key().reveal()).collect(Collectors.joining("\n"));
    http.text(
        "POST", "/api/keys/add/" + THERE.getOrDefault(provider, provider), "text/plain", text);
  }

  private static Fate fate(Carried key) {
    if (key.blocked().isPresent()) {
      return Fate.OUT_OF_USE;
    }
    return new Fate.Added();
  }
}
