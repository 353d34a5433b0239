package io.onebalance.relay.models;

/// A model as a caller may ask for it. `owner` is its provider's slug.
record Offer(String id, String label, String owner) {}
