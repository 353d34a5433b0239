package io.onebalance.provider.url;

import io.onebalance.http.Origin;
import io.onebalance.http.RawPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a provider's or a gateway's paths begin: an origin and a path without a slash at its end,
/// often empty. Made from configuration only; what a client sends is never parsed as a URL.
public record BaseUrl(Origin origin, String path) {
  private static final String ALLOWED =
      "allowed: https://HOST[:PORT][/PATH] or http://…, without user, query or fragment";

  public BaseUrl {
    if (!path.isEmpty()) {
      RawPath.objection(path, "")
          .ifPresent(why -> {
            throw new IllegalArgumentException("its path is not usable: " + why);
          });
    }
    if (path.endsWith("/")) {
      throw new IllegalArgumentException("a base path has no slash at its end");
    }
  }

  /// The URL as text, without a slash at its end.
  public String url() {
    return (origin.tls() ? "https://" : "http://") + origin.authority() + path;
  }

  /// Reads `https://host/path`; fails with what is wrong and what is allowed, never with the text
  /// itself, which may hold a password.
  public static BaseUrl parse(String text) {
    var uri = uri(text);
    var tls = tls(uri.getScheme());
    check(uri);
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    var port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
    return new BaseUrl(new Origin(tls, bare, port), withoutEnd(uri.getRawPath()));
  }

  /// The same for an origin whose name may stand for an address of a private network.
  public BaseUrl local(boolean allowed) {
    return new BaseUrl(new Origin(origin.tls(), origin.host(), origin.port(), allowed), path);
  }

  /// This base with one more segment or path, which begins with `/`.
  BaseUrl with(String more) {
    return new BaseUrl(origin, path + more);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException("is not a URL; " + ALLOWED);
    }
  }

  private static boolean tls(@Nullable String scheme) {
    return switch (Optional.ofNullable(scheme).orElse("").toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> false;
      // A setting is an open string.
      default -> throw new IllegalArgumentException("has no http or https; " + ALLOWED);
    };
  }

  private static void check(URI uri) {
    refuse(uri.getHost() == null || uri.getHost().isEmpty(), "names no host");
    refuse(uri.getRawUserInfo() != null, "has a user or password in it");
    refuse(uri.getRawQuery() != null, "has a query in it");
    refuse(uri.getRawFragment() != null, "has a fragment in it");
    refuse(uri.getPort() == 0 || uri.getPort() > 65_535, "has no possible port");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why + "; " + ALLOWED);
    }
  }

  private static String withoutEnd(String path) {
    var end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  @Override
  public String toString() {
    return (origin.tls() ? "https://" : "http://") + origin.authority() + path;
  }
}
