package io.onebalance.dialect.gemini.asked;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.gemini.MediaKinds;
import io.onebalance.dialect.gemini.Seals;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads `contents`. Confined to one thread.
final class ContentsReader {
  private final CallIds ids = new CallIds();

  List<Message> read(Proto body) {
    return body.objects("contents").stream().flatMap(this::turn).toList();
  }

  /// Results stand in front of what the user says.
  private Stream<Message> turn(Proto content) {
    var role = role(content);
    if (role == Role.ASSISTANT) {
      ids.nextTurn();
    }
    var results = new ArrayList<Part>();
    var others = new ArrayList<Part>();
    for (var part : content.objects("parts")) {
      part(part, role)
          .ifPresent(read -> (read instanceof Part.ToolResult ? results : others).add(read));
    }
    results.addAll(others);
    return Stream.of(new Message(role, results));
  }

  private static Role role(Proto content) {
    return switch (content.text("role").orElse("user")) {
      case "user", "function", "tool" -> Role.USER;
      case "model" -> Role.ASSISTANT;
      case "system" -> Role.SYSTEM;
      default -> throw content.wrong("role", "must be user or model");
    };
  }

  /// Empty for parts that are not known, and what ran at Google.
  private Optional<Part> part(Proto part, Role role) {
    var call = part.object("functionCall");
    if (call.isPresent()) {
      if (role != Role.ASSISTANT) {
        throw part.wrong("functionCall", "must be in a turn of the model");
      }
      return Optional.of(call(call.get(), signature(part)));
    }
    var result = part.object("functionResponse");
    if (result.isPresent()) {
      if (role == Role.ASSISTANT) {
        throw part.wrong("functionResponse", "must be in a turn of the user");
      }
      return Optional.of(result(result.get()));
    }
    return media(part).<Part>map(shown -> shown).or(() -> text(part));
  }

  private static Optional<Part> text(Proto part) {
    var signature = signature(part);
    var text = part.text("text");
    if (text.isEmpty() && signature.isEmpty()) {
      return Optional.empty();
    }
    var said = text.orElse("");
    return Optional.of(
        part.isTrue("thought")
            ? new Part.Thinking(said, signature)
            : new Part.Text(said, signature));
  }

  private static Optional<Signature> signature(Proto part) {
    return part.text("thoughtSignature").flatMap(Seals::read);
  }

  private Part call(Proto call, Optional<Signature> signature) {
    var name = call.needed("name");
    var args = call.object("args").map(given -> Json.text(given.members().written())).orElse("{}");
    return new Part.ToolCall(ToolName.of(name), ids.ofCall(name, call.text("id")), args, signature);
  }

  private Part result(Proto result) {
    var name = result.text("name").orElse("");
    return ResultReader.read(result, ids.ofResult(name, result.text("id")));
  }

  static Optional<Part.Media> media(Proto part) {
    var inline = part.object("inlineData").map(ContentsReader::inline);
    var file = part.object("fileData").map(ContentsReader::file);
    return inline.or(() -> file).map(source -> Part.Media.of(MediaKinds.of(type(source)), source));
  }

  private static Source inline(Proto data) {
    var base64 = data.needed("data").replace('-', '+').replace('_', '/');
    return new Source.Inline(data.text("mimeType").orElse("application/octet-stream"), base64);
  }

  private static Source file(Proto file) {
    return new Source.Link(file.needed("fileUri"), file.text("mimeType"));
  }

  private static String type(Source source) {
    return switch (source) {
      case Source.Inline(var type, _) -> type;
      case Source.Link(_, var type) -> type.orElse("");
      case Source.Uploaded _ -> "";
    };
  }
}
