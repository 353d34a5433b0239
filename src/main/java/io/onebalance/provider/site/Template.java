package io.onebalance.provider.site;

import io.onebalance.provider.url.BaseUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/// A base URL with a `{name}` in it at most once, which one label of a host name fills: the text is
/// configuration's, the label may be a client's. `local` is told of each origin that comes of it.
public record Template(String text, Optional<BaseUrl> fixed, boolean local) {
  private static final Pattern NAME = Pattern.compile("\\{[a-z]+}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /// Fails as [BaseUrl#parse] does.
  public static Template parse(String text) {
    var named = NAME.matcher(text);
    var sample = BaseUrl.parse(named.replaceFirst("x"));
    return new Template(text, named.reset().find() ? Optional.empty() : Optional.of(sample), false);
  }

  /// The same for names that may stand for addresses of a private network.
  public Template local(boolean allowed) {
    return new Template(text, fixed.map(url -> url.local(allowed)), allowed);
  }

  /// Whether this is one URL, whatever the key or the path says.
  public boolean isFixed() {
    return fixed.isPresent();
  }

  BaseUrl fill(String label) {
    if (fixed.isPresent()) {
      return fixed.get();
    }
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException("not a label of a host name");
    }
    return BaseUrl.parse(NAME.matcher(text).replaceFirst(label)).local(local);
  }
}
