package io.onebalance.dialect.openai.words;

import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.dialect.json.Members;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Gemini's thought signatures, in the place where Google's own layer over this dialect has them:
/// `extra_content.google.thought_signature`, of a call or, for its text, of a message. Other makers
/// have no place here.
public final class Signatures {
  private Signatures() {}

  public static Optional<Signature> read(Members sealed) {
    return sealed
        .object("extra_content")
        .flatMap(extra -> extra.object("google"))
        .flatMap(google -> google.text("thought_signature"))
        .filter(value -> !value.isEmpty())
        .map(value -> new Signature(Maker.GEMINI, value));
  }

  public static void write(Optional<Signature> signature, ObjectNode to) {
    signature
        .filter(seal -> seal.isOf(Maker.GEMINI))
        .ifPresent(seal ->
            to.putObject("extra_content")
                .putObject("google")
                .put("thought_signature", seal.value()));
  }
}
