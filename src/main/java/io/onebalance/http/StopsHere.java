package io.onebalance.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Header fields that are never passed on. All others go through as they were written.
///
/// The relay leaves these out of what it copies and only then adds its own fields. So what a
/// client's `Connection` names ([#namedBy]) can take away the client's fields, never ours.
public final class StopsHere {
  /// They concern one connection (RFC 9110, 7.6.1). `upgrade` and `sec-websocket-*` are among them:
  /// a WebSocket is opened anew towards the provider.
  private static final List<String> HOP_BY_HOP =
      List.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /// They are written anew for the next connection. `accept-encoding` because what comes back must
  /// be readable here; `expect` because it is answered here.
  private static final List<String> WRITTEN_ANEW =
      List.of("host", "content-length", "expect", "accept-encoding");

  /// Every place a gateway key may be in, what AWS' clients sign with, what Cloudflare and Azure
  /// take for a key beside ours, and what browsers add by themselves.
  private static final List<String> CREDENTIALS =
      List.of(
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "api-key",
          "xi-api-key",
          "x-amz-security-token",
          "x-amz-date",
          "x-amz-content-sha256",
          "x-auth-key",
          "x-auth-email",
          "x-auth-user-service-key",
          "ocp-apim-subscription-key",
          "cookie",
          "cookie2");

  /// Who the client is and how it came here.
  private static final List<String> FORWARDING =
      List.of(
          "forwarded",
          "via",
          "x-forwarded",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-original-forwarded-for",
          "x-envoy-external-address",
          "true-client-ip",
          "client-ip",
          "fastly-client-ip",
          "fly-client-ip",
          "cdn-loop");

  /// The rules between a page and its server end here. Anthropic answers 401 to a request with an
  /// `Origin`, which would look like the key's fault.
  private static final List<String> CROSS_ORIGIN =
      List.of("origin", "access-control-request-method", "access-control-request-headers");

  /// They would steer whose account, key or host is used, which is ours to choose. A caller's own
  /// organization does not fit a pooled key: OpenAI answers 401. Nor does the project that Google's
  /// libraries name to be charged: Google answers 403. Nor does an organization that Hugging Face
  /// is to charge.
  private static final List<String> STEERING =
      List.of(
          "openai-organization",
          "openai-project",
          "x-goog-user-project",
          "x-hf-bill-to",
          "cf-aig-gateway-id",
          "cf-aig-byok-alias",
          "x-fal-target-url");

  private static final List<String> REQUEST_PREFIXES =
      List.of("x-forwarded-", "cf-", "proxy-", "sec-websocket-", "x-one-balance-", ":");

  /// They speak of one account or one key of many, so they mislead the caller. `retry-after` is
  /// among them: the relay writes one that is true for the pool.
  private static final List<String> ACCOUNT =
      List.of(
          "openai-organization",
          "openai-project",
          "anthropic-organization-id",
          "retry-after",
          "retry-after-ms",
          "current-concurrent-requests",
          "maximum-concurrent-requests",
          "x-trial-endpoint-call-limit",
          "x-trial-endpoint-call-remaining",
          "x-endpoint-monthly-call-limit",
          "dg-project-id");

  /// They speak of how our account at Cloudflare is set up (which policy found what), or lead on to
  /// what only that account may ask. What tells of the answer itself (where it came from, whether
  /// it was cached, under which id it is logged) goes back.
  private static final List<String> OF_OUR_GATEWAY =
      List.of("cf-aig-dlp", "cf-aig-run-id", "cf-aig-routing-decision-id", "cf-aig-authorization");

  /// They speak for the provider's host to a browser or a client that talks to ours: cookies, other
  /// addresses, promises about TLS, places to send reports to, a demand for other credentials.
  private static final List<String> FOR_ITS_OWN_HOST =
      List.of(
          "set-cookie",
          "set-cookie2",
          "alt-svc",
          "strict-transport-security",
          "expect-ct",
          "nel",
          "report-to",
          "reporting-endpoints",
          "clear-site-data",
          "timing-allow-origin",
          "www-authenticate");

  private static final List<String> ANSWER_PREFIXES =
      List.of(
          "x-ratelimit",
          "x-rate-limit",
          "ratelimit",
          "anthropic-ratelimit-",
          "anthropic-priority-",
          "anthropic-fast-",
          "access-control-",
          "proxy-",
          "sec-websocket-",
          "x-one-balance-",
          ":");

  private static final String GATEWAY_PREFIX = "cf-aig-";
  private static final String GATEWAY_TOKEN = "cf-aig-authorization";

  /// Set in lower-case letters, and in `:`.
  private static final int CASE_BIT = 0x20;

  private static final FieldNames STEERS = new FieldNames(STEERING);
  private static final FieldNames REQUEST =
      names(Stream.of(HOP_BY_HOP, WRITTEN_ANEW, CREDENTIALS, FORWARDING, CROSS_ORIGIN, STEERING));
  private static final FieldNames ANSWER =
      names(Stream.of(HOP_BY_HOP, ACCOUNT, OF_OUR_GATEWAY, FOR_ITS_OWN_HOST));

  private final FieldNames named;

  private StopsHere(FieldNames named) {
    this.named = named;
  }

  /// Whether a client's field stops here when its request goes straight to the provider.
  public static boolean request(String name) {
    return REQUEST.contains(name) || startsWithAny(name, REQUEST_PREFIXES);
  }

  /// Whether a client's field stops here on this road. Cloudflare's `cf-aig-*` go on to a gateway,
  /// but not those that choose among stored keys, nor the client's token where we have one.
  public static boolean request(String name, Road road) {
    return switch (road) {
      case DIRECT -> request(name);
      case GATEWAY -> isForGateway(name) ? STEERS.contains(name) : request(name);
      case GATEWAY_WITH_TOKEN ->
          isForGateway(name)
              ? STEERS.contains(name) || name.equalsIgnoreCase(GATEWAY_TOKEN)
              : request(name);
    };
  }

  /// Whether a provider's field stops here on its way to the client.
  public static boolean answer(String name) {
    return ANSWER.contains(name) || startsWithAny(name, ANSWER_PREFIXES);
  }

  /// The further fields that stop here because a `Connection` field names them. Take care to give
  /// all its values, joined by commas.
  public static StopsHere namedBy(String connection) {
    var options = connection.split(",", -1);
    var named = Arrays.stream(options).map(String::strip).filter(StopsHere::mayBeNamed).toList();
    return new StopsHere(named.isEmpty() ? FieldNames.NONE : new FieldNames(named));
  }

  /// Whether the `Connection` field names this one.
  public boolean names(String name) {
    return named.contains(name);
  }

  /// `close` is an option, not a field; `keep-alive` is both, and stops anyway.
  private static boolean mayBeNamed(String option) {
    return !option.isEmpty()
        && !option.equalsIgnoreCase("close")
        && !option.equalsIgnoreCase("keep-alive");
  }

  private static boolean isForGateway(String name) {
    return startsWith(name, GATEWAY_PREFIX);
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    for (var i = 0; i < prefixes.size(); i++) {
      if (startsWith(name, prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }

  /// Compares the first letter by itself, which settles most cases.
  private static boolean startsWith(String name, String prefix) {
    return !name.isEmpty()
        && (name.charAt(0) | CASE_BIT) == prefix.charAt(0)
        && name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static FieldNames names(Stream<List<String>> lists) {
    return new FieldNames(lists.flatMap(List::stream).distinct().toList());
  }
}
