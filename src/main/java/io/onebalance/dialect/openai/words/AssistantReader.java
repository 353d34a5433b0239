package io.onebalance.dialect.openai.words;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads what an assistant said: in a client's history, and in a provider's answer.
public final class AssistantReader {
  private AssistantReader() {}

  /// Thoughts, text, refusal, pictures and calls, in this order, as the dialect tells no other.
  /// `prefix` begins the ids of calls that have none.
  public static List<Part> read(Members message, String prefix) {
    return read(message, PartsReader.content(message), prefix);
  }

  /// The same of an answer, in which parts of kinds that nobody knows are passed over.
  public static List<Part> heard(Members message, String prefix) {
    return read(message, PartsReader.heard(message), prefix);
  }

  private static List<Part> read(Members message, List<Part> content, String prefix) {
    var parts = new ArrayList<Part>();
    thoughts(message).ifPresent(text -> parts.add(new Part.Thinking(text, Optional.empty())));
    parts.addAll(sealed(content, Signatures.read(message)));
    message
        .text("refusal")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> parts.add(new Part.Refusal(text)));
    message.objects("images").forEach(image -> parts.add(PartsReader.image(image)));
    message.object("audio").ifPresent(audio -> parts.addAll(PartsReader.spoken(audio, "")));
    parts.addAll(calls(message, prefix));
    return parts;
  }

  /// `reasoning_content` is DeepSeek's name, `reasoning` that of OpenRouter and Groq.
  public static Optional<String> thoughts(Members told) {
    return told.raw("reasoning_content")
        .or(() -> told.raw("reasoning"))
        .filter(text -> text.isString() && !text.stringValue().isEmpty())
        .map(text -> text.stringValue());
  }

  private static List<Part> sealed(List<Part> parts, Optional<Signature> seal) {
    if (seal.isEmpty()) {
      return parts;
    }
    if (!parts.isEmpty() && parts.getLast() instanceof Part.Text(var text, _)) {
      var all = new ArrayList<>(parts);
      all.set(all.size() - 1, new Part.Text(text, seal));
      return all;
    }
    var all = new ArrayList<>(parts);
    all.add(new Part.Text("", seal));
    return all;
  }

  private static List<Part> calls(Members message, String prefix) {
    var calls = message.objects("tool_calls");
    var read = new ArrayList<Part>();
    IntStream.range(0, calls.size()).forEach(i -> read.add(call(calls.get(i), prefix + "_" + i)));
    message
        .object("function_call")
        .ifPresent(
            call -> read.add(function(call, prefix + "_function", Signatures.read(message))));
    return read;
  }

  private static Part call(Members call, String otherwise) {
    var id = call.text("id").filter(text -> !text.isEmpty()).orElse(otherwise);
    var custom = call.object("custom");
    if (custom.isPresent()) {
      var name = new ToolName(custom.get().needed("name"), Optional.empty(), true);
      var input = custom.get().text("input").orElse("");
      return new Part.ToolCall(name, id, input, Signatures.read(call));
    }
    var function = call.object("function").orElseThrow(() -> call.wrong("function", "is missing"));
    return function(function, id, Signatures.read(call));
  }

  private static Part function(Members function, String id, Optional<Signature> seal) {
    var name = ToolName.of(function.needed("name"));
    return new Part.ToolCall(name, id, PartsReader.loose(function, "arguments"), seal);
  }
}
