package io.onebalance.console.web;

import io.onebalance.http.Fields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a form came from our own pages. Browsers send `Origin` with every POST; where one is
/// sent it must name the host that was asked. Programs send none and bring no cookie by accident.
/// The scheme is not compared: behind a proxy that ends TLS we cannot know it.
public final class SameOrigin {
  private SameOrigin() {}

  public static boolean allows(Fields headers) {
    var origin = headers.first("origin");
    if (origin == null) {
      return !"cross-site".equals(headers.first("sec-fetch-site"));
    }
    var host = headers.first("host");
    return host != null && authority(origin, host);
  }

  private static boolean authority(String origin, String host) {
    var port = ownPort(origin);
    if (port == null) {
      return false;
    }
    var named = origin.substring(origin.indexOf("://") + 3);
    return bare(named, port).equals(bare(host, port));
  }

  private static @Nullable String ownPort(String origin) {
    if (origin.startsWith("https://")) {
      return ":443";
    }
    return origin.startsWith("http://") ? ":80" : null;
  }

  private static String bare(String authority, String port) {
    var lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
