package io.onebalance.provider.errors;

import io.onebalance.http.Fields;
import io.onebalance.provider.Answer;
import java.time.Instant;

/// One error answer as the rules see it: the answer, its body out of its wrappings, and the time.
record Complaint(Answer answer, ErrorBody body, Instant now) {
  int status() {
    return answer.status();
  }

  Fields headers() {
    return answer.headers();
  }

  String message() {
    return body.message();
  }
}
