package io.onebalance.relay.translate;

import tools.jackson.databind.JsonNode;

/// A request as a provider takes it, and the way back of its answer. `query` is empty for none;
/// `stream` says whether the answer is to come piece by piece.
public record Interpreted(
    String path, String query, JsonNode body, boolean stream, Translation back) {}
