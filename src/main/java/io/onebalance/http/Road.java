package io.onebalance.http;

/// How a request leaves for its provider, as far as header fields are concerned.
public enum Road {
  /// Straight to the provider.
  DIRECT,

  /// Through a Cloudflare AI Gateway for which no token is set: the caller's own token goes on.
  GATEWAY,

  /// Through a Cloudflare AI Gateway with a token of ours: the caller's stays here.
  GATEWAY_WITH_TOKEN
}
