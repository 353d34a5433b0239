package io.onebalance.dialect.embedding;

import java.util.ArrayList;
import java.util.List;

/// Requests of at most so many inputs.
final class Batches {
  private Batches() {}

  static List<EmbeddingRequest> of(EmbeddingRequest request, int most) {
    var parts = new ArrayList<EmbeddingRequest>();
    for (var from = 0; from < request.inputs().size(); from += most) {
      var to = Math.min(request.inputs().size(), from + most);
      parts.add(
          new EmbeddingRequest(
              request.model(),
              request.inputs().subList(from, to),
              request.dimensions(),
              request.wantsBase64(),
              request.extras()));
    }
    return parts;
  }
}
