package io.onebalance.provider.site;

import java.util.ArrayList;
import java.util.List;

/// How a client's path and a base path become one. A version segment that both have is written
/// once; where neither has one, the provider's own is added. `base` is empty or begins with `/`;
/// `seams` are the ends of the base that a client may repeat, the longest first; paths below
/// `unversioned` segments stand as they are.
public record Joining(String base, String version, List<String> unversioned, List<String> seams) {
  public Joining {
    unversioned = List.copyOf(unversioned);
    seams = List.copyOf(seams);
  }

  public static Joining of(String base, String version, List<String> unversioned) {
    return new Joining(base, version, unversioned, seams(base));
  }

  /// The whole path at the provider. `rawPath` begins with `/` and was found legal.
  public String path(String rawPath) {
    for (var seam : seams) {
      if (begins(rawPath, seam)) {
        return base + rawPath.substring(seam.length());
      }
    }
    return needsVersion(rawPath) ? base + "/" + version + rawPath : base + rawPath;
  }

  /// Whether the path is this prefix or lies below it. The empty prefix holds everything.
  public static boolean begins(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  private boolean needsVersion(String rawPath) {
    return !version.isEmpty() && seams.isEmpty() && !hasVersion(rawPath) && !standsAlone(rawPath);
  }

  /// `/v1beta/…`, and one segment further `/upload/v1beta/…` or `/openai/v1/…`.
  private static boolean hasVersion(String path) {
    var second = path.indexOf('/', 1);
    if (isVersion(path, 1, second)) {
      return true;
    }
    return second > 0 && isVersion(path, second + 1, path.indexOf('/', second + 1));
  }

  private boolean standsAlone(String rawPath) {
    return unversioned.stream().anyMatch(first -> begins(rawPath, "/" + first));
  }

  private static List<String> seams(String base) {
    var found = new ArrayList<String>();
    if (isVersion(base, base.lastIndexOf('/') + 1, -1)) {
      for (var at = base.indexOf('/'); at >= 0; at = base.indexOf('/', at + 1)) {
        found.add(base.substring(at));
      }
    }
    return found;
  }

  /// `v1`, `v1beta`, `v2alpha3`: a `v`, a digit, then letters and digits.
  static boolean isVersion(String path, int from, int to) {
    var end = to < 0 ? path.length() : to;
    if (end - from < 2 || path.charAt(from) != 'v' || !isDigit(path.charAt(from + 1))) {
      return false;
    }
    for (var i = from + 2; i < end; i++) {
      var c = path.charAt(i);
      if (!isDigit(c) && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
