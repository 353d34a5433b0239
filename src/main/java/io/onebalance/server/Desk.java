package io.onebalance.server;

import java.util.Optional;

/// Answers visits in direct style, each on a virtual thread of its own.
public interface Desk {
  /// Whether this desk takes requests to the path, whatever the method.
  boolean owns(String path);

  /// Looks at the head of a visit, its body still unread: a refusal here spares reading the body of
  /// a caller who may not come in. Empty lets the visit through.
  Optional<Reply> refusal(Visit head);

  /// How many bytes of body a visit with this head may bring, as far as it was not refused.
  int mostBytes(Visit head);

  /// Answers the whole visit.
  Reply answer(Visit visit);
}
