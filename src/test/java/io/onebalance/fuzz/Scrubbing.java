package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Texts of upstreams that echo a key. The first line is the key, the rest the text.
///
/// Afterwards the key is not there, neither plainly nor in a URL; a second scrubbing finds nothing;
/// bytes and text come out alike.
final class Scrubbing implements Target {
  private static final String MARK = "[redacted]";

  /// A shorter key may stand in ordinary words, also in the mark itself.
  private static final int LONG_ENOUGH = 12;

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var key = parts.line();
    var body = parts.rest();
    var secret = new Secret(key);
    var text = new String(body, StandardCharsets.ISO_8859_1);
    var clean = Scrub.scrub(text, secret);
    if (key.length() >= LONG_ENOUGH && !isLikeTheMark(key)) {
      assertThat(clean).doesNotContain(key);
      assertThat(clean).doesNotContain(URLEncoder.encode(key, StandardCharsets.UTF_8));
    }
    assertThat(clean.length()).isLessThanOrEqualTo(body.length * 3 + MARK.length());
    if (!isLikeTheMark(key)) {
      assertThat(Scrub.scrub(clean, secret)).isEqualTo(clean);
    }
    if (isAscii(key) && isAscii(text)) {
      assertThat(new String(Scrub.scrub(body, secret), StandardCharsets.ISO_8859_1))
          .isEqualTo(clean);
    }
    if (Scrub.scrub(body, secret).length == body.length && clean.equals(text)) {
      assertThat(Scrub.scrub(body, secret)).isEqualTo(body);
    }
  }

  /// The mark itself may complete a key that has a bracket, or hold one whole, where none was. No
  /// provider's key is one of these.
  private static boolean isLikeTheMark(String key) {
    return key.contains("[") || key.contains("]") || MARK.contains(key);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
