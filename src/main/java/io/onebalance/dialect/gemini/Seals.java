package io.onebalance.dialect.gemini;

import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.dialect.history.SealedSignatures;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signatures in the hands of a Gemini client, which returns each on the part it came with. Those
/// of other makers travel sealed, and in base64, since clients with types decode the field.
public final class Seals {
  /// What Google's clients send where they know no signature.
  private static final Set<String> UNKNOWN =
      Set.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");

  private Seals() {}

  public static String written(Signature signature) {
    if (signature.isOf(Maker.GEMINI)) {
      return signature.value();
    }
    var sealed =
        new SealedSignatures(signature.maker(), Map.of(), Optional.of(signature.value())).sealed();
    return Base64.getEncoder().encodeToString(sealed.getBytes(StandardCharsets.UTF_8));
  }

  /// Empty where it says that none is known.
  public static Optional<Signature> read(String written) {
    if (written.isEmpty() || UNKNOWN.contains(written)) {
      return Optional.empty();
    }
    var opened = decoded(written).flatMap(SealedSignatures::open);
    return opened.isEmpty()
        ? Optional.of(new Signature(Maker.GEMINI, written))
        : opened.flatMap(seal -> seal.text().map(value -> new Signature(seal.maker(), value)));
  }

  private static Optional<String> decoded(String written) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(written), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }
}
