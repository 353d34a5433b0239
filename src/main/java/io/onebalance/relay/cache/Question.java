package io.onebalance.relay.cache;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.upstream.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// All that must be the same for a remembered answer to be told again, as its SHA-256: who asks,
/// where, in which words, and whom it would lead to today. The caller was let through to these
/// places before, so nobody is told what it may not ask for; after a change of a virtual model's
/// legs, or of a caller's permissions to them, other answers are found.
record Question(long first, long second, long third, long fourth) {
  /// The fields that change an answer.
  private static final List<String> FIELDS =
      List.of("accept", "content-type", "anthropic-version", "anthropic-beta", "openai-beta");

  /// @param shared whether it matters not who asks
  static Question of(
      Exchange exchange, List<Errand> errands, Optional<String> key, boolean shared) {
    var hash = sha256();
    add(hash, shared ? "" : exchange.grant().id());
    add(hash, Objects.requireNonNullElse(exchange.client().request().path(), ""));
    add(hash, exchange.query());
    add(hash, Boolean.toString(errands.getFirst().traits().stream()));
    errands.stream()
        .map(errand -> errand.provider().slug() + " " + errand.model())
        .sorted()
        .forEach(place -> add(hash, place));
    add(hash, key.isPresent() ? "named" : "written");
    if (key.isPresent()) {
      add(hash, key.get());
    } else {
      FIELDS.forEach(name -> add(hash, String.join(",", exchange.headers().getAll(name))));
      hash.update(Bytes.of(exchange.known()));
    }
    var sum = ByteBuffer.wrap(hash.digest());
    return new Question(sum.getLong(), sum.getLong(), sum.getLong(), sum.getLong());
  }

  /// With its length before it: no two lists of texts look the same.
  private static void add(MessageDigest hash, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    hash.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
