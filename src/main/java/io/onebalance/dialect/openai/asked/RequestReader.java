package io.onebalance.dialect.openai.asked;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.dialect.json.Members;
import java.util.Optional;
import java.util.Set;

/// Reads a client's request.
public final class RequestReader {
  /// What has a neutral meaning; all else is an extra.
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "tools",
          "tool_choice",
          "functions",
          "function_call",
          "parallel_tool_calls",
          "temperature",
          "top_p",
          "top_k",
          "seed",
          "presence_penalty",
          "frequency_penalty",
          "logprobs",
          "top_logprobs",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "n",
          "reasoning_effort",
          "reasoning",
          "thinking",
          "enable_thinking",
          "thinking_budget",
          "response_format",
          "stream",
          "stream_options");

  private RequestReader() {}

  public static ChatRequest read(Members body) {
    return new ChatRequest(
        body.needed("model"),
        new MessagesReader().read(body),
        ToolsReader.read(body),
        sampling(body),
        limits(body),
        ReasoningReader.read(body),
        format(body),
        delivery(body),
        body.others(KNOWN));
  }

  private static Sampling sampling(Members body) {
    var alternatives = body.integer("top_logprobs").orElse(0);
    return new Sampling(
        body.number("temperature"),
        body.number("top_p"),
        body.integer("top_k"),
        body.large("seed"),
        body.number("presence_penalty"),
        body.number("frequency_penalty"),
        body.isTrue("logprobs") ? Optional.of(alternatives) : Optional.empty());
  }

  private static Limits limits(Members body) {
    var tokens = body.integer("max_completion_tokens").or(() -> body.integer("max_tokens"));
    if (tokens.isPresent() && tokens.get() < 1) {
      throw body.wrong(
          body.raw("max_completion_tokens").isPresent() ? "max_completion_tokens" : "max_tokens",
          "must be at least 1");
    }
    var stops = body.texts("stop").stream().filter(stop -> !stop.isEmpty()).toList();
    var choices = body.integer("n").orElse(1);
    if (choices < 1) {
      throw body.wrong("n", "must be at least 1");
    }
    return new Limits(tokens, stops, choices);
  }

  private static OutputFormat format(Members body) {
    var format = body.object("response_format");
    if (format.isEmpty()) {
      return new OutputFormat.Text();
    }
    return switch (format.get().needed("type")) {
      case "text" -> new OutputFormat.Text();
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" -> schema(format.get());
      // Clients write what they like here.
      default -> throw format.get().wrong("type", "must be text, json_object or json_schema");
    };
  }

  private static OutputFormat schema(Members format) {
    var told = format.object("json_schema");
    var schema = told.flatMap(members -> members.object("schema"));
    if (told.isEmpty() || schema.isEmpty()) {
      return new OutputFormat.Json();
    }
    return new OutputFormat.Schema(
        told.get().text("name").orElse("output"),
        told.get().text("description"),
        schema.get().written(),
        told.get().isTrue("strict"));
  }

  private static Delivery delivery(Members body) {
    var usage = body.object("stream_options").map(options -> options.isTrue("include_usage"));
    return new Delivery(body.isTrue("stream"), usage.orElse(false));
  }
}
