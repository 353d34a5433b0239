package io.onebalance.provider.errors;

import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.ErrorBody;
import io.onebalance.provider.errors.rule.Rule;
import io.onebalance.provider.errors.vendor.AnthropicErrors;
import io.onebalance.provider.errors.vendor.AzureErrors;
import io.onebalance.provider.errors.vendor.BedrockErrors;
import io.onebalance.provider.errors.vendor.GatewayErrors;
import io.onebalance.provider.errors.vendor.GoogleErrors;
import io.onebalance.provider.errors.vendor.MediaErrors;
import io.onebalance.provider.errors.vendor.OpenAiErrors;
import io.onebalance.provider.errors.vendor.VertexErrors;
import io.onebalance.provider.errors.vendor.WorkersAiErrors;
import io.onebalance.provider.limit.Limits;
import java.time.Instant;
import java.util.Optional;

/// What an answer means. The order of the tests stands here and nowhere else: success, Cloudflare
/// speaking for itself, the provider's own words, the bare status.
public final class Judge {
  private Judge() {}

  public static Verdict judge(ErrorFamily family, Limits limits, Answer answer, Instant now) {
    if (answer.status() >= 200 && answer.status() < 300) {
      return new Verdict.Served();
    }
    return judge(family, new Complaint(answer, ErrorBody.of(answer.body()), limits, now));
  }

  public static Verdict judge(ErrorFamily family, Complaint complaint) {
    return GatewayErrors.verdict(complaint, family == ErrorFamily.WORKERS_AI)
        .or(() -> byFamily(family, complaint))
        .orElseGet(() -> ByStatus.verdict(complaint));
  }

  private static Optional<Verdict> byFamily(ErrorFamily family, Complaint complaint) {
    return switch (family) {
      case GOOGLE -> GoogleErrors.verdict(complaint);
      case VERTEX -> VertexErrors.verdict(complaint);
      case OPENAI -> openAi(complaint);
      case AZURE -> Rule.first(AzureErrors.TABLE, complaint).or(() -> openAi(complaint));
      case BEDROCK -> bedrock(complaint);
      case WORKERS_AI -> Rule.first(WorkersAiErrors.TABLE, complaint).or(() -> openAi(complaint));
      case ANTHROPIC -> Rule.first(AnthropicErrors.TABLE, complaint);
      case MEDIA -> Rule.first(MediaErrors.TABLE, complaint);
    };
  }

  private static Optional<Verdict> openAi(Complaint complaint) {
    return Rule.first(OpenAiErrors.TABLE, complaint);
  }

  /// Bedrock has surfaces in the shape of Anthropic and of OpenAI beside its own.
  private static Optional<Verdict> bedrock(Complaint complaint) {
    var others = AnthropicErrors.speak(complaint) ? AnthropicErrors.TABLE : OpenAiErrors.TABLE;
    return Rule.first(BedrockErrors.TABLE, complaint).or(() -> Rule.first(others, complaint));
  }
}
