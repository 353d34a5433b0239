package io.onebalance.route.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A URL at which an answer says that something goes on: Gemini's resumable uploads, the requests
/// in fal's queue. It leads past us, to where the client has no key, so it is rewritten to come
/// back through us: what follows the provider's base is what follows `/api/{provider}`, and maps
/// back by itself.
public final class OnwardUrl {
  private OnwardUrl() {}

  private static final Pattern DEFAULT_PORT = Pattern.compile("^(https://[^/:]+):443(?=/|$)");
  private static final Pattern ORIGIN = Pattern.compile("^[A-Za-z]+://[^/?#]*");
  private static final Pattern CREDENTIAL = Pattern.compile("(?<=[?&])key=[^&#]*&?");

  /// The URL as the client shall use it, or nothing when it leads to none of the bases: then it is
  /// not ours to rewrite. `bases` are where the provider is reached (its own base, a Cloudflare
  /// gateway's), `publicBase` is where the client reached us (`https://host:8080`), `provider` is
  /// as the client wrote it, with what stands for the base among its paths. A key in the query
  /// never comes along.
  public static Optional<String> rewritten(
      String url, List<String> bases, String publicBase, String provider) {
    var plain = canonical(url);
    for (var base : bases) {
      var rest = rest(plain, withoutSlash(canonical(base)));
      if (rest.isPresent()) {
        var target = CREDENTIAL.matcher(rest.get()).replaceAll("").replaceAll("[?&]$", "");
        return Optional.of(withoutSlash(publicBase) + "/api/" + provider + target);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> rest(String url, String base) {
    var rest = url.startsWith(base) ? url.substring(base.length()) : "";
    return rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
  }

  /// The origin in lower case and without its scheme's own port; the rest as it was.
  private static String canonical(String url) {
    var origin = ORIGIN.matcher(url);
    var lowered =
        origin.find() ? origin.group().toLowerCase(Locale.ROOT) + url.substring(origin.end()) : url;
    return DEFAULT_PORT.matcher(lowered).replaceFirst("$1");
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }
}
