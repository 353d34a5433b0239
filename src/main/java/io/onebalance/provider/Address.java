package io.onebalance.provider;

import io.onebalance.http.Header;
import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.site.AtGatewayOnly;
import io.onebalance.provider.site.Joining;
import io.onebalance.provider.site.OneBase;
import io.onebalance.provider.site.Site;
import io.onebalance.provider.site.Spot;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a provider's requests go and what they carry: its side of every [Destination].
record Address(
    Site site,
    Optional<OpenAiSurface> openai,
    Optional<AtGateway> gateway,
    Via via,
    Always always) {
  /// Fields that go with every request: those that replace the client's, and those that stand in
  /// for them.
  record Always(List<Header> headers, List<Header> defaults) {
    static final Always NOTHING = new Always(List.of(), List.of());

    Always {
      headers = List.copyOf(headers);
      defaults = List.copyOf(defaults);
    }
  }

  /// The OpenAI-like part of a provider: the path before `chat/completions`, the same path joined
  /// to the base, where the key goes there, which models take `responses`, and which of them
  /// nothing else.
  record OpenAiSurface(
      String path,
      String joined,
      Auth auth,
      ModelPatterns responses,
      ModelPatterns responsesOnly) {}

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
    return switch (site) {
      case OneBase one -> toOne(one, way, rawPath, rawQuery, key);
      case Site.Several several -> toSpot(several.spot(rawPath, key), way, rawQuery);
    };
  }

  private Destination toOne(OneBase one, Way way, String rawPath, String rawQuery, Secret key) {
    var path = one.joining().path(rawPath);
    var auth = authAt(path, one.auth());
    var query = auth.query(rawQuery, key);
    return switch (road(way)) {
      case Way.Direct() -> direct(one.base(), target(path, query), auth, key);
      case Way.Gateway there ->
          through(
              there, gateway.orElseThrow().path(path), query, sent(auth, key), Proof.None.NOTHING);
    };
  }

  private Destination toSpot(Spot spot, Way way, String rawQuery) {
    var query = spot.auth().query(rawQuery, spot.key());
    var target = target(spot.path(), query);
    if (road(way) instanceof Way.Gateway gate && spot.there().isPresent()) {
      var there = spot.there().get();
      var proof =
          spot.base()
              .map(base -> Proof.of(spot.auth(), base.origin(), target))
              .orElse(Proof.None.NOTHING);
      var sent = both(sent(spot.auth(), spot.key()), there.headers(query));
      return through(gate, "/" + gateway.orElseThrow().slug() + there.path(), query, sent, proof);
    }
    if (via == Via.GATEWAY) {
      throw new IllegalPath("the gateway does not know this path, and nothing else may be asked");
    }
    var base = spot.base().orElseThrow(() -> new IllegalStateException("only a gateway knows it"));
    return direct(base, target, spot.auth(), spot.key());
  }

  private Destination direct(BaseUrl base, String target, Auth auth, Secret key) {
    var proof = Proof.of(auth, base.origin(), target);
    return new Destination(base.origin(), target, sent(auth, key), always.defaults(), false, proof);
  }

  private Destination through(
      Way.Gateway gate, String path, String query, List<Header> sent, Proof proof) {
    return new Destination(
        gate.url().origin(),
        target(gate.url().path() + path, query),
        both(sent, gate.headers()),
        both(always.defaults(), Way.Gateway.defaults()),
        true,
        proof);
  }

  /// The gateway's translating endpoint as an address of its own. It takes keys as bearers.
  Address ofCompat() {
    return new Address(
        new AtGatewayOnly(new Auth.Bearer()),
        Optional.empty(),
        Optional.of(new AtGateway("compat", "", Optional.empty())),
        Via.GATEWAY,
        Always.NOTHING);
  }

  List<String> bases(Way configured) {
    var bases = new ArrayList<String>();
    if (site instanceof OneBase(var base, _, _)) {
      bases.add(base.url());
    }
    if (configured instanceof Way.Gateway there && gateway.isPresent()) {
      bases.add(there.url().url() + "/" + gateway.get().slug());
    }
    return bases;
  }

  /// The road that traffic takes when this is the configured one, where the gateway knows the path.
  Way road(Way configured) {
    return switch (via) {
      case DIRECT -> Way.Direct.DIRECT;
      case GATEWAY -> throughGateway(configured);
      case EITHER -> gateway.isEmpty() ? Way.Direct.DIRECT : configured;
    };
  }

  private static Way throughGateway(Way configured) {
    return switch (configured) {
      case Way.Gateway gateway -> gateway;
      case Way.Direct() ->
          throw new IllegalStateException("via is gateway, but no gateway is configured");
    };
  }

  private Auth authAt(String path, Auth auth) {
    return openai.isPresent() && Joining.begins(path, openai.get().joined())
        ? openai.get().auth()
        : auth;
  }

  private List<Header> sent(Auth auth, Secret key) {
    var own = auth.header(key).map(List::of).orElse(List.of());
    return always.headers().isEmpty() ? own : both(always.headers(), own);
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
