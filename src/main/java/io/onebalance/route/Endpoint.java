package io.onebalance.route;

import io.onebalance.http.RawPath;
import io.onebalance.http.SafePath;

/// What a request's line asks for. Path and query are kept byte for byte: what goes upstream is
/// what the client wrote.
public sealed interface Endpoint {
  /// A provider's own API: `/api/{provider}{path}`. The provider is as written (an alias is still
  /// one).
  record Native(String provider, SafePath at) implements Endpoint {
    /// Fails where path or query may not go on.
    public Native(String provider, String path, String query) {
      this(provider, SafePath.of(path, query));
    }

    public String path() {
      return at.path();
    }

    public String query() {
      return at.query();
    }
  }

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
    var line = SafePath.read(rawPath, rawQuery);
    if (line.isEmpty() || rawPath.isEmpty()) {
      var danger = RawPath.objection(rawPath, rawQuery);
      return new NotFound(Reason.UNSAFE_PATH, danger.orElseThrow());
    }
    return switch (Mount.of(method, rawPath)) {
      case Mount.Calls(var version, var rest) -> Calls.parse(method, version, rest, rawQuery);
      case Mount.Provider(var slug) -> provider(slug, line.get());
      case Mount.Nowhere() -> new NotFound(Reason.NO_SUCH_PATH, "nothing is served at this path");
    };
  }

  private static Endpoint provider(String slug, SafePath line) {
    if (!isSlug(slug)) {
      return new NotFound(Reason.NO_SUCH_PATH, "the path names no provider");
    }
    var mount = Mount.PROVIDERS.length() + slug.length();
    if (line.path().startsWith("//", mount)) {
      return new NotFound(
          Reason.UNSAFE_PATH,
          "the path begins with // after the provider; does the base URL end in a slash?");
    }
    return line.after(onceMounted(line.path(), slug, mount))
        .<Endpoint>map(at -> new Native(slug, at))
        .orElseGet(() ->
            new NotFound(
                Reason.UNSAFE_PATH, "the path begins with an empty segment after the provider"));
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

  /// Where the provider's own path begins. Of an upload that goes on, that is behind a second
  /// mount: Google's Java SDK takes path and query of the URL that it is told, and puts them behind
  /// its own base URL, which is a mount of ours and no origin.
  private static int onceMounted(String path, String slug, int mount) {
    var isTwice =
        path.startsWith(Mount.PROVIDERS, mount)
            && path.startsWith(slug + "/upload/", mount + Mount.PROVIDERS.length());
    return isTwice ? 2 * mount : mount;
  }
}
