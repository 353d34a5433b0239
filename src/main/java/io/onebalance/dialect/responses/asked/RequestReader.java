package io.onebalance.dialect.responses.asked;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads what a client asks for.
public final class RequestReader {
  /// What is read here or means nothing behind us: nothing is stored, so nothing is cut off.
  private static final Set<String> KNOWN =
      Set.of(
          "background",
          "include",
          "input",
          "instructions",
          "max_output_tokens",
          "model",
          "parallel_tool_calls",
          "reasoning",
          "stream",
          "stream_options",
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "truncation");

  private static final String LOGPROBS = "message.output_text.logprobs";

  private RequestReader() {}

  public static ChatRequest read(JsonNode body) {
    var members = Members.of(body, "");
    var model = members.needed("model");
    refuseStored(members);
    var input = InputReader.read(members);
    return new ChatRequest(
        model,
        messages(members, input),
        ToolsReader.read(members),
        sampling(members),
        new Limits(members.integer("max_output_tokens"), List.of(), 1),
        members.object("reasoning").map(RequestReader::reasoning).orElse(Reasoning.UNSAID),
        members
            .object("text")
            .flatMap(text -> text.object("format"))
            .map(RequestReader::format)
            .orElseGet(OutputFormat.Text::new),
        new Delivery(members.isTrue("stream"), true),
        extras(members, input));
  }

  /// What would need answers that are kept: clients that hear so send the whole conversation.
  private static void refuseStored(Members members) {
    for (var name : List.of("previous_response_id", "conversation")) {
      if (members.raw(name).isPresent()) {
        throw new BadRequest(
            name,
            "answers are not kept here; send the whole conversation in input",
            "previous_response_not_found");
      }
    }
    if (members.raw("prompt").isPresent()) {
      throw members.wrong("prompt", "stored prompts are not known here; send instructions");
    }
    if (members.isTrue("background")) {
      throw members.wrong("background", "must be false: answers are not kept here");
    }
  }

  private static List<Message> messages(Members members, InputReader.Input input) {
    var messages = new ArrayList<Message>();
    members
        .text("instructions")
        .filter(text -> !text.isEmpty())
        .map(text -> new Message(Message.Role.SYSTEM, List.of(Part.Text.of(text))))
        .ifPresent(messages::add);
    messages.addAll(input.messages());
    return messages;
  }

  private static Sampling sampling(Members members) {
    var wanted = members.texts("include").contains(LOGPROBS);
    return new Sampling(
        members.number("temperature"),
        members.number("top_p"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        members
            .integer("top_logprobs")
            .filter(top -> wanted || top > 0)
            .or(() -> wanted ? Optional.of(0) : Optional.empty()));
  }

  private static Reasoning reasoning(Members reasoning) {
    var effort = reasoning.text("effort").map(name -> effort(reasoning, name));
    var shown =
        reasoning.text("summary").or(() -> reasoning.text("generate_summary")).map(_ -> true);
    return new Reasoning(
        effort.map(RequestReader::mode).orElse(Reasoning.Mode.UNSAID),
        effort,
        Optional.empty(),
        shown);
  }

  private static Reasoning.Mode mode(Reasoning.Effort effort) {
    return effort == Reasoning.Effort.NONE ? Reasoning.Mode.OFF : Reasoning.Mode.ON;
  }

  private static Reasoning.Effort effort(Members reasoning, String name) {
    return Arrays.stream(Reasoning.Effort.values())
        .filter(effort -> effort.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            reasoning.wrong("effort", "must be none, minimal, low, medium, high, xhigh or max"));
  }

  private static OutputFormat format(Members format) {
    return switch (format.needed("type")) {
      case "text" -> new OutputFormat.Text();
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" ->
          new OutputFormat.Schema(
              format.text("name").orElse("output"),
              format.text("description"),
              format
                  .object("schema")
                  .orElseThrow(() -> format.wrong("schema", "is missing"))
                  .written(),
              format.isTrue("strict"));
      default -> throw format.wrong("type", "must be text, json_object or json_schema");
    };
  }

  private static Map<String, JsonNode> extras(Members members, InputReader.Input input) {
    var extras = new LinkedHashMap<>(members.others(KNOWN));
    members.flag("store").filter(kept -> !kept).ifPresent(_ -> extras.remove("store"));
    members
        .object("text")
        .flatMap(text -> text.raw("verbosity"))
        .ifPresent(verbosity -> extras.put("verbosity", verbosity));
    extras.putAll(input.left());
    return extras;
  }
}
