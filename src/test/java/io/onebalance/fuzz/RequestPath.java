package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Origin;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.route.Endpoint;
import io.onebalance.route.ModelPath;
import io.onebalance.route.resource.Resources;
import io.onebalance.secret.Secret;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request line. The first line is the method, the second the path, the third the query.
///
/// Whatever they are, what goes upstream goes to the provider's own host and lies below the
/// provider's own base path, however often a server on the way decodes it (P8, S11).
final class RequestPath implements Target {
  private static final Secret KEY = new Secret("sk-fuzz-0123456789abcdef");
  private static final Way.Gateway GATEWAY =
      Way.Gateway.cloudflare("account", "name", Optional.empty());
  private static final Catalogue CATALOGUE = Catalogue.builtIn();

  /// The hosts of those providers that have more than one.
  private static final Map<String, String> HOSTS =
      Map.of(
          "aws-bedrock", "[a-z-]+\\.[a-z0-9-]+\\.(amazonaws\\.com|api\\.aws)",
          "azure-openai", "[a-z0-9-]+\\.openai\\.azure\\.com",
          "baseten", "(inference|model-[a-z0-9]+\\.api)\\.baseten\\.co",
          "fal", "(queue\\.)?fal\\.run",
          "google-vertex-ai", "([a-z0-9-]+\\.)*[a-z0-9-]*aiplatform[a-z0-9.-]*\\.googleapis\\.com",
          "huggingface", "(router\\.)?huggingface\\.co");

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var endpoint = Endpoint.parse(parts.line(), "/" + parts.line(), parts.line());
    switch (endpoint) {
      case Endpoint.Native asked -> {
        assertThat(ModelPath.model(asked.path())).doesNotContain("\r", "\n", "\0");
        assertThat(Resources.named(asked.path(), asked.query(), new byte[0]))
            .hasSizeLessThan(5_000);
        CATALOGUE.all().forEach(provider -> attack(provider, asked));
      }
      case Endpoint.Compat compat -> assertThat(compat.query()).doesNotContain(" ", "\r", "\n");
      case Endpoint.NotFound nothing -> assertThat(nothing.why()).hasSizeLessThan(200);
    }
  }

  private static void attack(Provider provider, Endpoint.Native asked) {
    for (var way : List.of(new Way.Direct(), GATEWAY)) {
      check(provider, way, asked);
    }
  }

  private static void check(Provider provider, Way way, Endpoint.Native asked) {
    try {
      var path = asked.path().isEmpty() ? "/" : asked.path();
      var there = provider.destination(way, path, asked.query(), KEY);
      var home = home(provider, way, there.origin());
      assertThat(there.target()).startsWith("/").matches("[!-~]+").doesNotContain("#");
      var mark = there.target().indexOf('?');
      var written = mark < 0 ? there.target() : there.target().substring(0, mark);
      assertThat(mark < 0 ? "" : there.target().substring(mark + 1)).startsWith(asked.query());
      assertBelow(home.path(), written);
    } catch (IllegalPath | Unfit refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  /// The base that the host belongs to: one that is written in the catalogue, or the root of a host
  /// that hangs on the path or the key.
  private static BaseUrl home(Provider provider, Way way, Origin origin) {
    return provider.bases(way).stream()
        .map(BaseUrl::parse)
        .filter(base -> base.origin().equals(origin))
        .findFirst()
        .orElseGet(() -> {
          assertThat(origin.tls()).isTrue();
          assertThat(origin.host()).matches(HOSTS.getOrDefault(provider.slug(), "none"));
          return BaseUrl.parse("https://" + origin.authority());
        });
  }

  private static void assertBelow(String base, String written) {
    var path = written;
    var before = "";
    while (!path.equals(before)) {
      if (!(resolved(path) + "/").startsWith(base + "/")) {
        throw new AssertionError(written + " leaves " + base + ", read as " + path);
      }
      before = path;
      path = decoded(path);
    }
  }

  /// As the most careless server reads it: backslashes are slashes, parameters are cut off, dots
  /// are followed wherever they lead.
  private static String resolved(String path) {
    var segments = new ArrayDeque<String>();
    for (var segment : path.replace('\\', '/').split("/", -1)) {
      var bare = segment.split(";", 2)[0];
      if (bare.equals("..")) {
        segments.pollLast();
      } else if (!bare.equals(".") && !segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String decoded(String path) {
    var text = new StringBuilder();
    for (var i = 0; i < path.length(); i++) {
      var code = path.charAt(i) == '%' ? hex(path, i + 1) * 16 + hex(path, i + 2) : -1;
      text.append(code < 0 ? path.charAt(i) : (char) code);
      i += code < 0 ? 0 : 2;
    }
    return text.toString();
  }

  /// The digit, or so little that no code comes of it.
  private static int hex(String path, int at) {
    var digit = at < path.length() ? Character.digit(path.charAt(at), 16) : -1;
    return digit < 0 ? -1000 : digit;
  }
}
