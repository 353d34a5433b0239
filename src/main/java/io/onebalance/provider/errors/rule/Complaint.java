package io.onebalance.provider.errors.rule;

import io.onebalance.http.Fields;
import io.onebalance.provider.Answer;
import java.time.Instant;

/// One error answer as the rules see it: the answer, its body out of its wrappings, and the time.
public record Complaint(Answer answer, ErrorBody body, Instant now) {
  public int status() {
    return answer.status();
  }

  public Fields headers() {
    return answer.headers();
  }

  public String message() {
    return body.message();
  }
}
