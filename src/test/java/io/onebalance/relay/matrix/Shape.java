package io.onebalance.relay.matrix;

import io.onebalance.upstream.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// How an attempt goes on the wire.
sealed interface Shape {
  Means means();

  /// No answer begins.
  record Fails(Means means, Reply reply) implements Shape {}

  /// Nothing is ever heard.
  record Silence() implements Shape {
    @Override
    public Means means() {
      return Means.UNANSWERED;
    }
  }

  /// An answer, `fields` as `name: value`; of the body only `share` comes before `end`.
  record Answers(Means means, int status, List<String> fields, Buffer body, double share, End end)
      implements Shape {
    static Answers whole(Means means, int status, List<String> fields, String body) {
      return new Answers(means, status, fields, Buffer.buffer(body), 1, End.WHOLE);
    }

    Answers with(List<String> others) {
      return new Answers(means, status, others, body, share, end);
    }

    /// A part of it: whether it was answered or not hangs on how far the one who asked has read.
    Answers cut(double part, End how) {
      return new Answers(Means.UNANSWERED, status, fields, body, part, how);
    }
  }

  /// What comes behind the body.
  enum End {
    WHOLE,
    BROKEN,
    NOTHING
  }
}
