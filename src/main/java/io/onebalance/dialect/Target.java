package io.onebalance.dialect;

/// Whom a request goes to: the provider's slug in the catalogue, and the name that it knows the
/// model by.
public record Target(String provider, String model) {}
