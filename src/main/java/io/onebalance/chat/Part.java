package io.onebalance.chat;

import java.util.List;
import java.util.Optional;

/// A piece of a turn.
public sealed interface Part {
  /// `signature` is what Gemini puts on a text.
  record Text(String text, Optional<Signature> signature) implements Part {
    public static Text of(String text) {
      return new Text(text, Optional.empty());
    }
  }

  /// A picture, sound, film or document. `detail` is how closely it is to be looked at (`low`,
  /// `high`, …) and `name` what its file is called.
  record Media(Kind kind, Source source, Optional<String> name, Optional<String> detail)
      implements Part {
    public static Media of(Kind kind, Source source) {
      return new Media(kind, source, Optional.empty(), Optional.empty());
    }
  }

  enum Kind {
    IMAGE,
    AUDIO,
    VIDEO,
    DOCUMENT
  }

  /// The model wants a tool called. `arguments` are JSON text as the model wrote it, which may be
  /// empty or broken; of a custom tool they are its free text.
  record ToolCall(ToolName tool, String id, String arguments, Optional<Signature> signature)
      implements Part {}

  /// What a tool answered. Its content is text and media.
  record ToolResult(String callId, List<Part> content, boolean error) implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }

    public static ToolResult of(String callId, String text) {
      return new ToolResult(callId, List.of(Text.of(text)), false);
    }
  }

  /// What the model thought, as far as it is shown; empty where only the signature is.
  record Thinking(String text, Optional<Signature> signature) implements Part {}

  /// Thoughts that only their maker can read (Anthropic's `redacted_thinking`).
  record RedactedThinking(Signature sealed) implements Part {}

  /// The model will not answer, and says why.
  record Refusal(String text) implements Part {}
}
