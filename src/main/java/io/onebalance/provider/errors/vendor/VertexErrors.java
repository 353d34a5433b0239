package io.onebalance.provider.errors.vendor;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Meanings;
import io.onebalance.provider.errors.rule.Rule;
import java.util.Optional;
import java.util.regex.Pattern;

/// What Vertex AI's errors mean: Google's, but for the quota that all customers share, and for the
/// envelopes of the publishers that it hosts.
public final class VertexErrors {
  /// The words of the quota that is everybody's: another key finds it just as empty.
  private static final Pattern SHARED =
      Pattern.compile(
          "^\\s*resource exhausted\\. please try again later", Pattern.CASE_INSENSITIVE);

  private VertexErrors() {}

  public static Optional<Verdict> verdict(Complaint complaint) {
    if (AnthropicErrors.speak(complaint)) {
      return Rule.first(AnthropicErrors.TABLE, complaint);
    }
    if (complaint.status() == 429 && SHARED.matcher(complaint.message()).find()) {
      return Optional.of(Meanings.overloaded("the shared quota is used up").apply(complaint));
    }
    return GoogleErrors.verdict(complaint);
  }
}
