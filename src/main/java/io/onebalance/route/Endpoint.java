package io.onebalance.route;

import io.onebalance.http.RawPath;

/// What a request's line asks for. Path and query are kept byte for byte: what goes upstream is
/// what the client wrote.
public sealed interface Endpoint {
  /// A provider's own API: `/api/{provider}{path}`. The provider is as written (an alias is still
  /// one); the path begins with `/` or is empty; the query has no `?` and may be empty.
  record Native(String provider, String path, String query) implements Endpoint {}

  /// One of the calls that we understand and may carry to any provider.
  record Compat(Call call, String query) implements Endpoint {}

  /// Nothing is served there. `why` is safe to show.
  record NotFound(Reason reason, String why) implements Endpoint {}

  /// Why nothing is served, with the status that says so.
  enum Reason {
    NO_SUCH_PATH(404),
    WRONG_METHOD(405),
    UNSAFE_PATH(400);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /// The HTTP status of the refusal.
    public int status() {
      return status;
    }
  }

  int LONGEST_SLUG = 64;

  /// Reads a request line. The path begins with `/`; the query comes without its `?`, empty for
  /// none. Paths that some server could read in another way than we do are refused.
  static Endpoint parse(String method, String rawPath, String rawQuery) {
    var danger = RawPath.objection(rawPath, rawQuery);
    if (danger.isPresent()) {
      return new NotFound(Reason.UNSAFE_PATH, danger.get());
    }
    return switch (Mount.of(method, rawPath)) {
      case Mount.Calls(var version, var rest) -> Calls.parse(method, version, rest, rawQuery);
      case Mount.Provider(var slug, var path) -> provider(slug, path, rawQuery);
      case Mount.Nowhere() -> new NotFound(Reason.NO_SUCH_PATH, "nothing is served at this path");
    };
  }

  private static Endpoint provider(String slug, String path, String query) {
    if (!isSlug(slug)) {
      return new NotFound(Reason.NO_SUCH_PATH, "the path names no provider");
    }
    if (path.startsWith("//")) {
      return new NotFound(
          Reason.UNSAFE_PATH,
          "the path begins with // after the provider; does the base URL end in a slash?");
    }
    return new Native(slug, onceMounted(slug, path), query);
  }

  /// A provider's segment is compared as written, never decoded: `%6fpenai` is no provider.
  private static boolean isSlug(String segment) {
    if (segment.isEmpty() || segment.length() > LONGEST_SLUG) {
      return false;
    }
    for (var i = 0; i < segment.length(); i++) {
      var c = segment.charAt(i);
      if (!(c < 0x80 && Character.isLetterOrDigit(c)) && "._-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /// The path of an upload that goes on, without a second mount before it. Google's Java SDK takes
  /// path and query of the URL that it is told, and puts them behind its own base URL, which is a
  /// mount of ours and no origin.
  private static String onceMounted(String slug, String path) {
    var mount = "/api/" + slug;
    return path.startsWith(mount + "/upload/") ? path.substring(mount.length()) : path;
  }
}
