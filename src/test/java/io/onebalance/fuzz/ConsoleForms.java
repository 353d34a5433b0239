package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.session.SessionCookie;
import io.onebalance.console.web.PathPattern;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.SameOrigin;
import io.onebalance.server.Visit;
import java.util.List;
import java.util.Map;

/// What a browser sends to the console: cookies, origin, host and path, a line each.
///
/// A token is short and of one cookie; an origin is ours only where it names the host that was
/// asked; a place in a path never holds more than its segment.
final class ConsoleForms implements Target {
  private static final List<PathPattern> PATTERNS =
      List.of(PathPattern.of("/api/keys/{id}"), PathPattern.of("/keys/{provider}/{id}/edit"));

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var cookie = parts.line();
    var origin = parts.line();
    var host = parts.line();
    checkCookie(cookie);
    checkOrigin(origin, host);
    checkPath("/" + parts.line());
  }

  private static void checkCookie(String cookies) {
    SessionCookie.token(visit("cookie", cookies))
        .ifPresent(token -> {
          assertThat(token).isNotEmpty().hasSizeLessThanOrEqualTo(64).doesNotContain(";");
          assertThat(cookies).contains("one_balance_session");
        });
  }

  private static void checkOrigin(String origin, String host) {
    if (SameOrigin.allows(Given.fields(Map.of("origin", origin, "host", host)))) {
      var named = origin.replaceFirst("^https?://", "");
      assertThat(named).isNotEqualTo(origin);
      var bare = host.replaceFirst(":(80|443)$", "");
      assertThat(named.replaceFirst(":(80|443)$", "")).isEqualToIgnoringCase(bare);
    }
  }

  private static void checkPath(String path) {
    for (var pattern : PATTERNS) {
      try {
        pattern
            .match(path)
            .ifPresent(places -> assertThat(path.split("/", -1)).hasSameSizeAs(pattern.segments()));
      } catch (Refusal refusal) {
        assertThat(refusal.status()).isEqualTo(400);
      }
    }
  }

  private static Visit visit(String name, String value) {
    return new Visit(
        "GET", "/", "", Given.fields(Map.of(name, value)), new byte[0], "127.0.0.1", false);
  }
}
