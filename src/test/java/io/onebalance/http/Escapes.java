package io.onebalance.http;

import java.util.ArrayList;
import java.util.List;

/// Paths that some server would read as leading elsewhere, made of their parts: what climbs, what
/// stands for a slash, what no path may have, what names another host.
public final class Escapes {
  private static final List<String> DOTS =
      List.of(
          ".",
          "..",
          "%2e",
          "%2E%2e",
          ".%2e",
          "%2e.",
          "..;",
          "..;a=b",
          ".;",
          "%2e%2e;x",
          "%2e%2e%3b",
          "..%3Bx",
          "%252e%252e",
          "%252e.",
          "%25252e%25252e",
          "%25252525252e",
          "%2525252525252e%2525252525252e");

  private static final List<String> SLASHES = List.of("/", "%2f", "%2F", "%252f");

  private static final List<String> FORBIDDEN =
      List.of(
          "\\",
          "..\\..",
          "%5c",
          "%5C",
          "%255c",
          "..%5c..",
          "#",
          "?",
          " ",
          "\t",
          "\r",
          "\n",
          "\0",
          "\u007f",
          "\u001f",
          "ü",
          "／",
          "\u2024",
          "\uff0e",
          "\ud83d\ude00",
          "%00",
          "%2500",
          "%0d",
          "%0a",
          "%0d%0aHost:%20x",
          "%250d%250a",
          "%09",
          "%1f",
          "%7f",
          "%",
          "%2!",
          "%zz",
          "%2g",
          "%u002e",
          "%c0%ae",
          "%C0%AF",
          "%25c0%25af",
          "%c1%9c",
          "%e0%80%ae",
          "%f0%80%80%ae",
          "%f5%80",
          "%ff",
          "%fe",
          "%e0",
          "%1",
          "%٢e");

  private static final List<String> HOSTS =
      List.of(
          "",
          "v1",
          "*",
          "http://evil.example/",
          "//evil.example",
          "//evil.example/v1",
          "///x",
          "/%2fevil.example",
          "/%2Fevil.example",
          "/%252fevil.example",
          "/%2f%2fevil.example",
          "/;/x",
          "/;@evil.example/x",
          "@evil.example",
          ":80/x",
          ".evil.example",
          "\\\\evil.example",
          "/\\evil.example");

  private Escapes() {}

  /// All of them, as what follows a mount or a base.
  public static List<String> all() {
    var found = new ArrayList<>(HOSTS);
    DOTS.forEach(dots -> addDots(dots, found));
    for (var bad : FORBIDDEN) {
      found.addAll(List.of("/" + bad, "/v1/" + bad, "/v1/a" + bad + "b", "/v1/" + bad + "/x"));
    }
    return found;
  }

  private static void addDots(String dots, List<String> to) {
    for (var slash : SLASHES) {
      to.add("/v1" + slash + dots + slash + "admin");
      to.add("/v1/models" + (slash + dots).repeat(4) + slash + "etc");
      to.add("/" + dots + slash + "x");
      to.add("/v1/x" + slash + dots);
    }
    to.add("/" + dots);
    to.add("/" + dots + "/");
  }
}
