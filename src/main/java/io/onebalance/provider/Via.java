package io.onebalance.provider;

/// The road a provider's traffic takes, where a gateway is configured at all.
public enum Via {
  /// Through the gateway where it knows the provider, else directly.
  EITHER,
  DIRECT,
  GATEWAY
}
