package io.onebalance.upstream.fetch;

import io.onebalance.http.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// An address of the web. `target` is what goes on the request line.
record Link(Origin origin, String target) {
  private static final int HIGHEST_PORT = 65_535;

  /// Empty for what is no http or https URL with a host, or has a user in it.
  static Optional<Link> of(String url) {
    try {
      return of(new URI(url));
    } catch (URISyntaxException broken) {
      return Optional.empty();
    }
  }

  private static Optional<Link> of(URI url) {
    var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    var tls = scheme.equals("https");
    if (!(tls || scheme.equals("http")) || url.getHost() == null || url.getRawUserInfo() != null) {
      return Optional.empty();
    }
    var port = url.getPort() < 0 ? (tls ? 443 : 80) : url.getPort();
    var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    var host = url.getHost().replaceAll("[\\[\\]]", "");
    return port == 0 || port > HIGHEST_PORT
        ? Optional.empty()
        : Optional.of(new Link(new Origin(tls, host, port), ascii(target)));
  }

  /// Letters beyond ASCII go on the wire as escapes.
  private static String ascii(String target) {
    return URI.create(target.replaceFirst("^//+", "/")).toASCIIString();
  }
}
