package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.Signature;
import io.onebalance.dialect.history.SealedSignatures;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a reasoning item's `encrypted_content` carries. OpenAI's own stands there as it is; a
/// signature of another maker travels in [SealedSignatures], so that it comes back to its maker and
/// never goes to OpenAI.
///
/// @param thought what seals the item's own thought
/// @param redacted a thought that only its maker can read
/// @param text what seals the text that stands before the item
/// @param calls what seals calls behind the item, by their ids
public record Carried(
    Optional<Signature> thought,
    Optional<Signature> redacted,
    Optional<Signature> text,
    Map<String, Signature> calls) {
  /// Among the sealed calls, where no call has such an id.
  private static final String THOUGHT = "";

  private static final String REDACTED = " ";

  public Carried {
    calls = Map.copyOf(calls);
  }

  /// What came back from a client. What we wrote and somebody changed carries nothing.
  public static Carried of(String encrypted) {
    if (!SealedSignatures.isSealed(encrypted)) {
      return plain(new Signature(Signature.Maker.OPENAI, encrypted));
    }
    return SealedSignatures.open(encrypted).map(Carried::opened).orElseGet(Carried::nothing);
  }

  /// Nothing at all.
  public static Carried nothing() {
    return new Carried(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  static String thought(Signature signature) {
    return signature.isOf(Signature.Maker.OPENAI) ? signature.value() : call(THOUGHT, signature);
  }

  static String redacted(Signature signature) {
    return call(REDACTED, signature);
  }

  static String text(Signature signature) {
    return new SealedSignatures(signature.maker(), Map.of(), Optional.of(signature.value()))
        .sealed();
  }

  static String call(String id, Signature signature) {
    return new SealedSignatures(signature.maker(), Map.of(id, signature.value()), Optional.empty())
        .sealed();
  }

  private static Carried plain(Signature signature) {
    return new Carried(Optional.of(signature), Optional.empty(), Optional.empty(), Map.of());
  }

  private static Carried opened(SealedSignatures sealed) {
    var calls = new HashMap<String, Signature>();
    sealed.calls().forEach((id, value) -> calls.put(id, new Signature(sealed.maker(), value)));
    var thought = Optional.ofNullable(calls.remove(THOUGHT));
    var redacted = Optional.ofNullable(calls.remove(REDACTED));
    var text = sealed.text().map(value -> new Signature(sealed.maker(), value));
    return new Carried(thought, redacted, text, calls);
  }
}
