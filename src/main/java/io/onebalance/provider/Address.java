package io.onebalance.provider;

import io.onebalance.http.Header;
import io.onebalance.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a provider's requests go and what they carry: its side of every [Destination].
record Address(
    BaseUrl base,
    Joining joining,
    Auth auth,
    Optional<OpenAiSurface> openai,
    Optional<AtGateway> gateway,
    Via via,
    List<Header> headers,
    List<Header> defaults) {
  Address {
    headers = List.copyOf(headers);
    defaults = List.copyOf(defaults);
  }

  /// The OpenAI-like part of a provider: the path before `chat/completions`, the same path joined
  /// to the base, and where the key goes there.
  record OpenAiSurface(String path, String joined, Auth auth) {}

  /// A provider as the gateway knows it: its slug there, what the gateway wants left out of the
  /// provider's own path, and what stands before a model's name at the gateway's own translating
  /// endpoint, where that one knows the provider.
  record AtGateway(String slug, String strip, Optional<String> compat) {
    String path(String joined) {
      var rest = Joining.begins(joined, strip) ? joined.substring(strip.length()) : joined;
      return "/" + slug + rest;
    }
  }

  Destination to(Way way, String rawPath, String rawQuery, Secret key) {
    var path = joining.path(rawPath);
    var auth = authAt(path);
    var query = auth.query(rawQuery, key);
    return switch (road(way)) {
      case Way.Direct() ->
          new Destination(base.origin(), target(path, query), sent(auth, key), defaults);
      case Way.Gateway there -> {
        var whole = there.url().path() + gateway.orElseThrow().path(path);
        yield new Destination(
            there.url().origin(),
            target(whole, query),
            both(sent(auth, key), there.headers()),
            both(defaults, Way.Gateway.defaults()));
      }
    };
  }

  /// The gateway's translating endpoint as an address of its own. It takes keys as bearers.
  Address ofCompat() {
    return new Address(
        base,
        Joining.of("", "", List.of()),
        new Auth.Bearer(),
        Optional.empty(),
        Optional.of(new AtGateway("compat", "", Optional.empty())),
        Via.GATEWAY,
        List.of(),
        List.of());
  }

  List<String> bases(Way configured) {
    var bases = new ArrayList<String>();
    bases.add(base.url());
    if (configured instanceof Way.Gateway there && gateway.isPresent()) {
      bases.add(there.url().url() + "/" + gateway.get().slug());
    }
    return bases;
  }

  /// The road that traffic takes when this is the configured one.
  Way road(Way configured) {
    return switch (via) {
      case DIRECT -> new Way.Direct();
      case GATEWAY -> throughGateway(configured);
      case EITHER -> gateway.isEmpty() ? new Way.Direct() : configured;
    };
  }

  private static Way throughGateway(Way configured) {
    return switch (configured) {
      case Way.Gateway gateway -> gateway;
      case Way.Direct() ->
          throw new IllegalStateException("via is gateway, but no gateway is configured");
    };
  }

  private Auth authAt(String path) {
    return openai
        .filter(surface -> Joining.begins(path, surface.joined()))
        .map(OpenAiSurface::auth)
        .orElse(auth);
  }

  private List<Header> sent(Auth auth, Secret key) {
    var all = new ArrayList<Header>(headers.size() + 1);
    all.addAll(headers);
    auth.header(key).ifPresent(all::add);
    return all;
  }

  private static List<Header> both(List<Header> some, List<Header> more) {
    var all = new ArrayList<Header>(some.size() + more.size());
    all.addAll(some);
    all.addAll(more);
    return all;
  }

  private static String target(String path, String query) {
    var whole = path.isEmpty() ? "/" : path;
    return query.isEmpty() ? whole : whole + "?" + query;
  }
}
