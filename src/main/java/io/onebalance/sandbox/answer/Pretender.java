package io.onebalance.sandbox.answer;

import io.onebalance.sandbox.quota.Meter;
import io.onebalance.sandbox.quota.Refill;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One pretended provider: how it answers, refuses and fails.
public interface Pretender {
  /// The prefix of its paths.
  String name();

  /// The answer of a healthy key.
  Reply answer(Ask ask);

  /// What a WebSocket at this path is about; empty where there is none.
  default Optional<Conversation> converse(Ask ask) {
    return Optional.empty();
  }

  /// A refusal with its real status, fields and body.
  Reply refuse(Complaint complaint, Ask ask);

  /// An answer of status 200 that says nothing.
  Reply empty(Ask ask);

  /// The piece of a stream that tells of an error.
  byte[] failure(Complaint complaint, Ask ask);

  /// How its quotas come back.
  Refill refill();

  /// The fields of a good answer that tell what is left.
  Map<String, String> meters(List<Meter> meters, Ask ask);

  /// The keys of a request, where this provider looks for them. More than one is one too many.
  List<String> keys(Ask ask);
}
