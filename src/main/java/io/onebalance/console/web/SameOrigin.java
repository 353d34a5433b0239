package io.onebalance.console.web;

import io.onebalance.http.Fields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a form came from our own pages. Browsers send `Origin` with every POST; where one is
/// sent it must name the host that was asked. Programs send none and bring no cookie by accident.
/// The scheme is not compared: behind a proxy that ends TLS we cannot know it. A page that tells no
/// referrer sends its forms with the origin `null`; ours tell one to ourselves, and where a browser
/// hides it anyhow, it says in a field of its own that the form is from here.
public final class SameOrigin {
  private SameOrigin() {}

  public static boolean allows(Fields headers) {
    var origin = headers.first("origin");
    var site = headers.first("sec-fetch-site");
    if (origin == null) {
      return !"cross-site".equals(site);
    }
    if (origin.equals("null")) {
      return "same-origin".equals(site);
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
