package io.onebalance.server;

import io.onebalance.http.Fields;
import io.onebalance.http.Forwarded;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a request came to us: from where, how safely, and with which fields. What proxies say of it
/// is believed of those that the operator trusts, and of nobody else (S17).
record Arrival(String peer, boolean secure) {
  private static final String FORWARDED_FOR = "x-forwarded-for";

  static Arrival of(HttpServerRequest request, Predicate<String> trusted) {
    var socket = request.remoteAddress().hostAddress();
    var secure = request.isSSL();
    if (!trusted.test(socket)) {
      return new Arrival(socket, secure);
    }
    return new Arrival(
        peer(socket, request.headers().getAll(FORWARDED_FOR), trusted),
        Forwarded.isSecure(request.headers().getAll(Forwarded.PROTO), secure));
  }

  /// The fields as a desk reads them, whatever the version of HTTP: HTTP/2 names the host in a
  /// place of its own and may split the cookies (RFC 9113, 8.2.3 and 8.3.1).
  static Fields fields(HttpServerRequest request) {
    var host = host(request);
    return name ->
        switch (name.toLowerCase(Locale.ROOT)) {
          case "host" -> host;
          case "cookie" -> cookies(request);
          // Fields have open names.
          default -> request.getHeader(name);
        };
  }

  /// The last address that a proxy of ours wrote: each appends whom it heard, so those before it
  /// are only claims.
  private static String peer(String socket, List<String> forwarded, Predicate<String> trusted) {
    var peer = socket;
    var hops = String.join(",", forwarded).split(",", -1);
    for (var i = hops.length - 1; i >= 0 && trusted.test(peer); i--) {
      var hop = hops[i].strip();
      if (hop.isEmpty()) {
        return peer;
      }
      peer = hop;
    }
    return peer;
  }

  private static @Nullable String host(HttpServerRequest request) {
    var authority = request.authority();
    return authority == null ? null : authority.toString();
  }

  private static @Nullable String cookies(HttpServerRequest request) {
    var all = request.headers().getAll("cookie");
    return all.isEmpty() ? null : String.join("; ", all);
  }
}
