package io.onebalance.cli.doctor;

import io.onebalance.cli.shell.Remote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server that runs says of its keys, and what one request with a key of each provider
/// shows.
public final class KeyLook {
  private final Remote server;

  public KeyLook(Remote server) {
    this.server = server;
  }

  /// What was found, and the providers that have keys.
  public record Looked(List<Note> notes, List<String> providers) {
    public Looked {
      notes = List.copyOf(notes);
      providers = List.copyOf(providers);
    }
  }

  /// `meant` are the providers that the settings speak of.
  public Looked look(Set<String> meant) throws IOException {
    var notes = new ArrayList<Note>();
    var with = new ArrayList<String>();
    for (var provider : server.ask("GET", "/api/providers", Optional.empty()).path("items")) {
      var slug = provider.path("slug").asString("");
      var keys = provider.path("keys");
      if (keys.path("total").asLong() > 0) {
        with.add(slug);
        notes.add(look(slug, keys));
      } else if (meant.contains(slug)) {
        notes.add(new Note.Ill(slug + " has no keys, though the settings name it", add(slug)));
      }
    }
    if (with.isEmpty()) {
      notes.add(new Note.Ill("no provider has any key", add("PROVIDER")));
    }
    return new Looked(notes, with);
  }

  private static String add(String slug) {
    return "add some: one-balance keys add " + slug + " KEY…";
  }

  private Note look(String slug, JsonNode keys) {
    var total = keys.path("total").asLong();
    if (keys.path("blocked").asLong() == total) {
      return new Note.Ill(
          "all " + total + " keys of " + slug + " are blocked",
          "see why: one-balance keys list --provider " + slug + "; add others, or unblock them");
    }
    try {
      return ask(slug, anyOf(slug));
    } catch (IOException unanswered) {
      return new Note.Ill(
          slug + " could not be asked: " + unanswered.getMessage(),
          "try it alone: one-balance keys test --provider " + slug + "; see the server's log");
    }
  }

  /// One that may be used, else one that rests.
  private String anyOf(String slug) throws IOException {
    for (var status : List.of("active", "cooling")) {
      var path = "/api/keys?limit=1&status=" + status + "&provider=" + slug;
      var found = server.ask("GET", path, Optional.empty()).path("keys").path(0);
      if (found.has("id")) {
        return found.path("id").asString();
      }
    }
    return "";
  }

  private Note ask(String slug, String id) throws IOException {
    var body = JsonMapper.shared().createObjectNode();
    body.putArray("ids").add(id);
    var lines = new ArrayList<JsonNode>();
    server.lines("/api/keys/test", body, lines::add);
    var tested = lines.stream().filter(line -> line.has("detail")).findFirst();
    return tested
        .map(line -> told(slug, line.path("passed").asBoolean(), line.path("detail").asString()))
        .orElseGet(() -> new Note.Advice(slug + ": no key could be asked with", "try again"));
  }

  private static Note told(String slug, boolean passed, String detail) {
    if (passed) {
      return new Note.Well(slug + " answers: " + detail);
    }
    var what = slug + " does not serve: " + detail;
    if (detail.contains("on the road")) {
      return new Note.Ill(
          what, "the gateway itself refused (2009 is its token): set AI_GATEWAY_TOKEN");
    }
    if (detail.startsWith("unknown: failed")) {
      return new Note.Ill(what, "let the server reach it: base-url, DNS, firewall");
    }
    return detail.startsWith("invalid") || detail.startsWith("no billing")
        ? new Note.Ill(what, "put other keys in its place, or see to its account")
        : new Note.Advice(what, "the other keys may do: one-balance keys test --provider " + slug);
  }
}
