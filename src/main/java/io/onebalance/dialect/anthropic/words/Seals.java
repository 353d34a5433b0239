package io.onebalance.dialect.anthropic.words;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.dialect.history.SealedSignatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signatures of other makers in the place of Anthropic's own: the signature of a thought, which
/// clients hand back unread. One of a thought stands under the empty id, as no call has that.
public final class Seals {
  private static final String THOUGHT = "";

  private Seals() {}

  /// What a thought's signature is for the client.
  public static String ofThought(Signature signature) {
    return signature.isOf(Signature.Maker.ANTHROPIC)
        ? signature.value()
        : ofCall(THOUGHT, signature);
  }

  public static String ofCall(String id, Signature signature) {
    return new SealedSignatures(signature.maker(), Map.of(id, signature.value()), Optional.empty())
        .sealed();
  }

  public static String ofText(Signature signature) {
    return new SealedSignatures(signature.maker(), Map.of(), Optional.of(signature.value()))
        .sealed();
  }

  public static Signature anthropic(String value) {
    return new Signature(Signature.Maker.ANTHROPIC, value);
  }

  /// A turn of the model as it comes back, whose seals are broken on the way. Confined to one
  /// thread.
  public static final class Broken {
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Signature> calls = new HashMap<>();

    public void add(Part part) {
      parts.add(part);
    }

    /// A thought that was ours to carry signatures and says nothing is gone.
    public void thinking(String text, Optional<String> signature) {
      var word = signature.orElse("");
      var own =
          SealedSignatures.isSealed(word)
              ? SealedSignatures.open(word).flatMap(this::taken)
              : Optional.of(word).filter(value -> !value.isEmpty()).map(Seals::anthropic);
      if (own.isPresent() || !text.isEmpty()) {
        parts.add(new Part.Thinking(text, own));
      }
    }

    public void redacted(String data) {
      var own =
          SealedSignatures.isSealed(data)
              ? SealedSignatures.open(data).flatMap(this::taken)
              : Optional.of(data).filter(value -> !value.isEmpty()).map(Seals::anthropic);
      own.ifPresent(seal -> parts.add(new Part.RedactedThinking(seal)));
    }

    public List<Part> restored() {
      return parts.stream().map(this::signed).toList();
    }

    /// Keeps what belongs to others and gives the thought's own.
    private Optional<Signature> taken(SealedSignatures sealed) {
      sealed.text().ifPresent(value -> signText(new Signature(sealed.maker(), value)));
      sealed.calls().forEach((id, value) -> calls.put(id, new Signature(sealed.maker(), value)));
      return Optional.ofNullable(calls.remove(THOUGHT));
    }

    /// It sealed the text before it.
    private void signText(Signature signature) {
      for (var i = parts.size() - 1; i >= 0; i--) {
        if (parts.get(i) instanceof Part.Text(var text, _)) {
          parts.set(i, new Part.Text(text, Optional.of(signature)));
          return;
        }
      }
    }

    private Part signed(Part part) {
      return part instanceof Part.ToolCall(var tool, var id, var arguments, _)
              && calls.containsKey(id)
          ? new Part.ToolCall(tool, id, arguments, Optional.ofNullable(calls.get(id)))
          : part;
    }
  }
}
