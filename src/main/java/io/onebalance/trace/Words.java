package io.onebalance.trace;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Entries in OpenTelemetry's words: those of its conventions for generative AI, and words of our
/// own, which begin with `onebalance.`, where it has none
/// (github.com/open-telemetry/semantic-conventions-genai).
final class Words {
  private static final double NANOS = 1e9;
  private static final int SERVER_FAULT = 500;
  private static final int REFUSAL = 400;

  /// What the conventions call providers; others go by our own name.
  private static final Map<String, String> PROVIDERS =
      Map.of(
          "google-ai-studio", "gcp.gemini",
          "google-vertex-ai", "gcp.vertex_ai",
          "aws-bedrock", "aws.bedrock",
          "azure-openai", "azure.ai.openai",
          "perplexity-ai", "perplexity",
          "mistral", "mistral_ai",
          "grok", "x_ai");

  /// Verdicts for which nobody is at fault.
  private static final Set<String> FINE = Set.of("served", "left", "overtaken");

  private Words() {}

  static String name(Entry entry) {
    var model = entry.asked().model();
    var operation = operation(entry.asked().kind());
    return model.isEmpty() ? operation : operation + " " + model;
  }

  private static String operation(Entry.Kind kind) {
    return switch (kind) {
      case CHAT, RESPONSES, MESSAGES -> "chat";
      case GENERATE -> "generate_content";
      case EMBEDDINGS -> "embeddings";
      case COUNT, MODELS, NATIVE, SOCKET -> word(kind);
    };
  }

  static Attributes of(Entry entry) {
    var to = Attributes.builder();
    asked(entry, to);
    served(entry.served(), to);
    ending(entry.ending(), to);
    var firstByte = entry.times().firstByte();
    if (firstByte.isPositive()) {
      to.put("gen_ai.response.time_to_first_chunk", firstByte.toNanos() / NANOS);
    }
    tokens(entry.tokens(), to);
    entry.cost().map(Money::nanos).ifPresent(nanos -> to.put("onebalance.cost.usd", nanos / NANOS));
    to.put("onebalance.attempts", entry.attempted());
    if (!entry.dropped().isEmpty()) {
      to.put("onebalance.dropped", entry.dropped().toArray(String[]::new));
    }
    return to.build();
  }

  private static void asked(Entry entry, AttributesBuilder to) {
    var asked = entry.asked();
    to.put("gen_ai.operation.name", operation(asked.kind()));
    put("gen_ai.request.model", asked.model(), to);
    to.put("gen_ai.request.stream", asked.stream());
    to.put("onebalance.kind", word(asked.kind()));
    put("onebalance.request.id", entry.requestId(), to);
    put("onebalance.gateway_key.id", entry.gatewayKey(), to);
  }

  private static void served(Entry.Served served, AttributesBuilder to) {
    provider(served.provider(), to);
    put("gen_ai.response.model", served.model(), to);
    put("onebalance.key.id", served.keyId(), to);
    to.put("onebalance.route", word(served.route()));
  }

  /// `gen_ai.system` is what older collectors look for.
  private static void provider(String slug, AttributesBuilder to) {
    if (!slug.isEmpty()) {
      var name = PROVIDERS.getOrDefault(slug, slug);
      to.put("gen_ai.provider.name", name);
      to.put("gen_ai.system", name);
      to.put("onebalance.provider", slug);
    }
  }

  private static void ending(Entry.Ending ending, AttributesBuilder to) {
    if (ending.status() > 0) {
      to.put("http.response.status_code", ending.status());
    }
    to.put("onebalance.ending", word(ending.how()));
    if (ending.how() == Entry.How.CUT) {
      to.put("error.type", "cut");
    } else if (ending.status() >= REFUSAL) {
      to.put("error.type", Integer.toString(ending.status()));
    }
  }

  private static void tokens(Tokens tokens, AttributesBuilder to) {
    if (tokens.total() > 0) {
      to.put("gen_ai.usage.input_tokens", tokens.input());
      to.put("gen_ai.usage.output_tokens", tokens.output());
      to.put("gen_ai.usage.cache_read.input_tokens", tokens.cached());
      to.put("gen_ai.usage.cache_creation.input_tokens", tokens.cacheWritten());
      to.put("gen_ai.usage.reasoning.output_tokens", tokens.reasoning());
      to.put("onebalance.tokens.source", word(tokens.source()));
    }
  }

  static Attributes of(Entry.Attempt attempt) {
    var to = Attributes.builder();
    provider(attempt.provider(), to);
    put("onebalance.key.id", attempt.keyId(), to);
    to.put("onebalance.verdict", attempt.verdict());
    if (isFault(attempt)) {
      to.put("error.type", attempt.verdict());
    }
    return to.build();
  }

  /// As the conventions want it of servers: a client's own mistake is no error of the span.
  static boolean isFault(Entry.Ending ending) {
    return ending.how() == Entry.How.CUT || ending.status() >= SERVER_FAULT;
  }

  static boolean isFault(Entry.Attempt attempt) {
    return !FINE.contains(attempt.verdict());
  }

  private static void put(String name, String value, AttributesBuilder to) {
    if (!value.isEmpty()) {
      to.put(name, value);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
