package io.onebalance.chat.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// One choice as far as it has come. Text and thoughts that follow each other are one part, until a
/// signature seals it.
final class Gathered {
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<StringBuilder> arguments = new ArrayList<>();
  private final ArrayNode logprobs = JsonNodeFactory.instance.arrayNode();
  private final List<Citation> citations = new ArrayList<>();
  private Kind kind = Kind.NOTHING;
  private FinishReason reason = FinishReason.LENGTH;
  private Optional<String> stop = Optional.empty();

  private enum Kind {
    NOTHING,
    TEXT,
    THINKING,
    REFUSAL
  }

  void text(String text) {
    say(Kind.TEXT, text);
  }

  void thinking(String text) {
    say(Kind.THINKING, text);
  }

  void refused(String text) {
    say(Kind.REFUSAL, text);
  }

  void signed(Signature signature) {
    if (kind == Kind.TEXT) {
      close(Optional.of(signature));
    } else {
      say(Kind.THINKING, "");
      close(Optional.of(signature));
    }
  }

  void whole(Part part) {
    close(Optional.empty());
    parts.add(part);
  }

  void opened(Delta.CallOpened call) {
    places.put(call.call(), parts.size() + (kind == Kind.NOTHING ? 0 : 1));
    whole(new Part.ToolCall(call.tool(), call.id(), "", call.signature()));
  }

  /// A piece of a call that never opened belongs to nothing.
  void argued(int call, String text) {
    var place = places.get(call);
    if (place != null) {
      while (arguments.size() <= place) {
        arguments.add(new StringBuilder());
      }
      arguments.get(place).append(text);
    }
  }

  void logprobs(JsonNode tokens) {
    tokens.forEach(logprobs::add);
  }

  void cited(Citation citation) {
    citations.add(citation);
  }

  void finished(Delta.Finished finished) {
    reason = finished.reason();
    stop = finished.stop();
  }

  Reply.Choice choice() {
    close(Optional.empty());
    var all = new ArrayList<Part>(parts);
    for (var i = 0; i < arguments.size(); i++) {
      if (all.get(i) instanceof Part.ToolCall(var tool, var id, _, var signature)) {
        all.set(i, new Part.ToolCall(tool, id, arguments.get(i).toString(), signature));
      }
    }
    var tokens = logprobs.isEmpty() ? Optional.<JsonNode>empty() : Optional.of((JsonNode) logprobs);
    return new Reply.Choice(all, reason, stop, tokens, citations);
  }

  private void say(Kind what, String text) {
    if (kind != what) {
      close(Optional.empty());
      kind = what;
    }
    open.append(text);
  }

  private void close(Optional<Signature> signature) {
    var text = open.toString();
    open.setLength(0);
    switch (kind) {
      case NOTHING -> {}
      case TEXT -> parts.add(new Part.Text(text, signature));
      case THINKING -> parts.add(new Part.Thinking(text, signature));
      case REFUSAL -> parts.add(new Part.Refusal(text));
    }
    kind = Kind.NOTHING;
  }
}
