package io.onebalance.provider.errors.vendor;

import io.onebalance.provider.answer.Verdict.Quota;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Json;
import io.onebalance.provider.errors.rule.Meanings;
import io.onebalance.provider.limit.Hints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Google's error with its details gathered, so that their order cannot matter: all reasons, all
/// violated quotas, the longest delay.
record GoogleError(
    Complaint complaint,
    Set<String> reasons,
    List<Violation> violations,
    Optional<Duration> delay) {
  private static final Pattern NO_QUOTA = Pattern.compile("limit:\\s*0(?![\\d.])");
  private static final Pattern DAY = Pattern.compile("per_?day|daily", Pattern.CASE_INSENSITIVE);
  private static final Pattern MINUTE = Pattern.compile("per_?minute", Pattern.CASE_INSENSITIVE);

  private static final Pattern METRIC =
      Pattern.compile("Quota exceeded for (?:quota )?metric:? '?([^\\s,']{1,200})");

  /// One quota as it was named, by id, metric or limit; only substrings of the name have meaning.
  record Violation(String name, Optional<Long> value) {
    boolean isOf(Pattern window) {
      return window.matcher(name).find();
    }
  }

  static GoogleError of(Complaint complaint) {
    var reasons = new HashSet<String>();
    var violations = new ArrayList<Violation>();
    var delays = new ArrayList<Duration>();
    var error = complaint.body().error();
    for (var detail : error.path("details")) {
      add(reasons, detail.path("reason"));
      detail.path("violations").forEach(each -> violations.add(violation(each)));
      limit(detail.path("metadata")).ifPresent(violations::add);
      duration(detail.path("retryDelay"), complaint).ifPresent(delays::add);
      var metadata = detail.path("metadata");
      duration(metadata.path("quotaResetDelay"), complaint).ifPresent(delays::add);
      duration(metadata.path("quotaResetTimeStamp"), complaint).ifPresent(delays::add);
    }
    error.path("errors").forEach(each -> add(reasons, each.path("reason")));
    spoken(complaint.message()).filter(_ -> violations.isEmpty()).ifPresent(violations::add);
    Meanings.hint(complaint).ifPresent(delays::add);
    var longest = delays.stream().max(Duration::compareTo);
    return new GoogleError(complaint, reasons, violations, longest);
  }

  boolean isAt(int... statuses) {
    for (var status : statuses) {
      if (complaint.status() == status) {
        return true;
      }
    }
    return false;
  }

  boolean because(String... any) {
    for (var reason : any) {
      if (reasons.contains(reason)) {
        return true;
      }
    }
    return false;
  }

  boolean says(Pattern pattern) {
    return pattern.matcher(complaint.message()).find();
  }

  /// The tier has no quota at all for this model.
  boolean hasNoQuota() {
    return says(NO_QUOTA) || violations.stream().anyMatch(v -> v.value().equals(Optional.of(0L)));
  }

  boolean isDaily() {
    return violations.stream().anyMatch(v -> v.isOf(DAY));
  }

  boolean isByMinute() {
    return violations.stream().anyMatch(v -> v.isOf(MINUTE));
  }

  /// The quota that decided: a daily one before others.
  Optional<Quota> quota() {
    return violations.stream()
        .filter(v -> v.isOf(DAY))
        .findFirst()
        .or(() -> violations.stream().findFirst())
        .filter(v -> !v.name().isEmpty())
        .map(v -> new Quota(v.name(), v.value()));
  }

  private static Violation violation(JsonNode node) {
    var id = Json.text(node.path("quotaId"));
    var name = id.isEmpty() ? Json.text(node.path("quotaMetric")) : id;
    return new Violation(name, number(node.path("quotaValue")));
  }

  /// The classic shape of Google Cloud: the limit in an ErrorInfo's metadata.
  private static Optional<Violation> limit(JsonNode metadata) {
    var name = Json.text(metadata.path("quota_limit"));
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation(name, number(metadata.path("quota_limit_value"))));
  }

  /// Where details were lost on the way, the message still names the metric.
  private static Optional<Violation> spoken(String message) {
    var found = METRIC.matcher(message);
    return found.find()
        ? Optional.of(new Violation(found.group(1), Optional.empty()))
        : Optional.empty();
  }

  private static Optional<Duration> duration(JsonNode node, Complaint complaint) {
    return Hints.value(Json.text(node), complaint.now());
  }

  private static Optional<Long> number(JsonNode node) {
    var text = Json.text(node);
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static void add(Set<String> reasons, JsonNode reason) {
    var text = Json.text(reason);
    if (!text.isEmpty()) {
      reasons.add(text.toUpperCase(Locale.ROOT));
    }
  }
}
