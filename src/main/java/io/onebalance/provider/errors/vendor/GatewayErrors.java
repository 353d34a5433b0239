package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.astray;
import static io.onebalance.provider.errors.rule.Meanings.faulted;
import static io.onebalance.provider.errors.rule.Meanings.mistaken;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Errors of Cloudflare itself: its AI Gateway, and the edge before most providers. They are never
/// a key's fault.
public final class GatewayErrors {
  /// How long the road rests at first where the gateway does not say; again and again, for longer.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Map<String, Function<Complaint, Verdict>> BY_CODE =
      Map.ofEntries(
          Map.entry("2016", mistaken("the gateway's guardrails blocked the prompt")),
          Map.entry("2017", mistaken("the gateway's guardrails blocked the answer")),
          Map.entry("2029", mistaken("the gateway's data loss prevention blocked the request")),
          Map.entry("2030", mistaken("the gateway's data loss prevention blocked the answer")),
          Map.entry("7003", mistaken("the gateway does not know this model")),
          Map.entry("2001", astray("the gateway does not exist (2001)")),
          Map.entry("2008", astray("the gateway does not know this provider (2008)")),
          // Also what an authenticated gateway answers to too many requests, so it rests.
          Map.entry("2009", astray("the gateway refused our token (2009)", SHORT)),
          Map.entry("2021", astray("the gateway's account has no credit (2021)")),
          Map.entry("7013", astray("the gateway's scanner is not available (7013)", SHORT)));

  private static final int TOO_MANY = 429;
  private static final Set<Integer> TIMEOUTS = Set.of(408, 504, 524);

  /// Pages and lines of the edge: `error code: 1015`, 520 to 530, challenges. Its JSON calls itself
  /// `cloudflare_error`.
  private static final Pattern EDGE =
      Pattern.compile(
          "^\\s*error code: ?\\d{3,4}\\s*$|error 1\\d{3}\\b|cf-error-details|attention required!"
              + " \\| cloudflare|<title>just a moment",
          Pattern.CASE_INSENSITIVE);

  private GatewayErrors() {}

  /// `alike` says that the provider is Cloudflare too, whose models complain in the plural.
  public static Optional<Verdict> verdict(Complaint complaint, boolean alike) {
    if (complaint.answer().viaGateway() && isOwn(complaint.body().document(), alike)) {
      return Optional.of(own(complaint));
    }
    return isEdge(complaint) ? Optional.of(edge(complaint)) : Optional.empty();
  }

  /// The edge that limits is as a rule the one before this provider, also where the gateway asked
  /// it: the road to others is open.
  private static Verdict edge(Complaint complaint) {
    var why = "Cloudflare's edge answered, " + complaint.status();
    return complaint.status() == TOO_MANY
        ? overloaded(why).apply(complaint)
        : new Verdict.Astray(why);
  }

  private static boolean isOwn(JsonNode document, boolean alike) {
    return Json.text(document.path("name")).equals("AiGatewayError")
        || document.has("internalCode")
        || (document.path("success").isBoolean()
            && !document.path("success").booleanValue()
            && (document.has("error") || (document.has("errors") && !alike)));
  }

  private static Verdict own(Complaint complaint) {
    for (var code : codes(complaint.body().document())) {
      var meaning = BY_CODE.get(code);
      if (meaning != null) {
        return meaning.apply(complaint);
      }
    }
    if (TIMEOUTS.contains(complaint.status())) {
      return faulted("the gateway waited too long").apply(complaint);
    }
    return complaint.status() == TOO_MANY
        ? astray("the gateway's own limit is reached, 429", SHORT).apply(complaint)
        : new Verdict.Astray("the gateway's own error, " + complaint.status());
  }

  private static Set<String> codes(JsonNode document) {
    var codes = new HashSet<String>();
    codes.add(Json.text(document.path("internalCode")));
    for (var name : List.of("error", "errors")) {
      var error = document.path(name);
      codes.add(Json.text(error.path("code")));
      error.forEach(one -> codes.add(Json.text(one.path("code"))));
    }
    return codes;
  }

  private static boolean isEdge(Complaint complaint) {
    var body = complaint.body();
    if (body.isJson()) {
      return body.document().path("cloudflare_error").asBoolean(false);
    }
    var number =
        complaint.status() >= 520 && complaint.status() <= 530 && complaint.status() != 529;
    return (number && (body.isPage() || complaint.message().isBlank()))
        || EDGE.matcher(complaint.message()).find();
  }
}
