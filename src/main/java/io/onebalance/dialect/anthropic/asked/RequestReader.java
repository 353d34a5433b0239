package io.onebalance.dialect.anthropic.asked;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.dialect.anthropic.words.CacheMarks;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads what a client asks.
public final class RequestReader {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "output_format",
          "stop_sequences",
          "stream",
          "temperature",
          "top_p",
          "top_k");

  /// Claude Code names itself and its build in the first system text. The line changes with every
  /// prompt, so that no cache of a prefix would ever hit.
  private static final String BILLING = "x-anthropic-billing-header:";

  private final Members body;
  private final CacheMarks marks = new CacheMarks();
  private final BlockReader blocks = new BlockReader(marks);

  private RequestReader(Members body) {
    this.body = body;
  }

  public static ChatRequest read(JsonNode body) {
    return new RequestReader(Members.of(body, "")).request();
  }

  private ChatRequest request() {
    var model = body.needed("model");
    var messages = messages();
    var tools = new ToolsReader(marks).read(body);
    var limits = new Limits(body.integer("max_tokens"), body.texts("stop_sequences"), 1);
    var delivery = new Delivery(body.isTrue("stream"), true);
    var extras = extras(marks.written(messages, tools.all()));
    var reasoning = ReasoningReader.read(body);
    return new ChatRequest(
        model, messages, tools, sampling(), limits, reasoning, format(), delivery, extras);
  }

  private List<Message> messages() {
    var messages = new ArrayList<Message>();
    var system = blocks.parts(body, "system").stream().flatMap(RequestReader::unbilled).toList();
    if (!system.isEmpty()) {
      messages.add(new Message(Message.Role.SYSTEM, system));
    }
    for (var message : body.objects("messages")) {
      messages.add(
          switch (message.needed("role")) {
            case "user" -> new Message(Message.Role.USER, blocks.said(message));
            case "assistant" -> new Message(Message.Role.ASSISTANT, blocks.answered(message));
            case "system" -> new Message(Message.Role.SYSTEM, blocks.parts(message, "content"));
            default -> throw message.wrong("role", "must be user, assistant or system");
          });
    }
    return messages;
  }

  private static Stream<Part> unbilled(Part part) {
    if (!(part instanceof Part.Text(var text, _)) || !text.startsWith(BILLING)) {
      return Stream.of(part);
    }
    var end = text.indexOf('\n');
    return end < 0 || text.substring(end).isBlank()
        ? Stream.empty()
        : Stream.of(Part.Text.of(text.substring(end + 1)));
  }

  private Sampling sampling() {
    return new Sampling(
        body.number("temperature"),
        body.number("top_p"),
        body.integer("top_k"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// `output_format` is what the member was called before there was an `output_config`.
  private OutputFormat format() {
    return body.object("output_config")
        .flatMap(config -> config.object("format"))
        .or(() -> body.object("output_format"))
        .map(RequestReader::schema)
        .orElseGet(OutputFormat.Text::new);
  }

  private static OutputFormat schema(Members format) {
    if (!format.needed("type").equals("json_schema")) {
      throw format.wrong("type", "must be json_schema");
    }
    var schema = format.object("schema").orElseThrow(() -> format.wrong("schema", "is missing"));
    return new OutputFormat.Schema("output", Optional.empty(), schema.written(), true);
  }

  private Map<String, JsonNode> extras(Optional<JsonNode> marked) {
    var extras = new LinkedHashMap<>(body.others(KNOWN));
    marked.ifPresent(value -> extras.putIfAbsent(CacheMarks.MEMBER, value));
    return extras;
  }
}
