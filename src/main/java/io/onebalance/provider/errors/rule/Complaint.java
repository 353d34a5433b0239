package io.onebalance.provider.errors.rule;

import io.onebalance.http.Fields;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.limit.Limits;
import java.time.Instant;

/// One error answer as the rules see it: the answer, its body out of its wrappings, the limits that
/// its provider tells in fields, and the time.
public record Complaint(Answer answer, ErrorBody body, Limits limits, Instant now) {
  public int status() {
    return answer.status();
  }

  public Fields headers() {
    return answer.headers();
  }

  /// Whether the error calls itself so, in lower case.
  public boolean has(String code) {
    return body.has(code) || typed(code);
  }

  public String message() {
    return body.message();
  }

  /// AWS names the error in a field: `ThrottlingException:http://internal.amazon.com/…`.
  private boolean typed(String code) {
    var type = headers().first("x-amzn-errortype");
    return type != null
        && type.regionMatches(true, 0, code, 0, code.length())
        && (type.length() == code.length() || type.charAt(code.length()) == ':');
  }
}
