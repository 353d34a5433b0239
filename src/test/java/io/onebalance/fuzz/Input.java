package io.onebalance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An input cut into the parts that a target needs: lines first, and all the rest as the last part.
/// So a finding can be read, and written, with a plain editor. Confined to one thread.
public final class Input {
  private final byte[] bytes;
  private int at;

  public Input(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The next line without its end, a character a byte; empty when all was taken.
  public String line() {
    var from = at;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    var line = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    at = Math.min(bytes.length, at + 1);
    return line;
  }

  /// The number in the next line, brought into a range; nonsense counts as the least.
  public int number(int least, int most) {
    var line = line();
    return line.matches("\\d{1,9}") ? Math.clamp(Integer.parseInt(line), least, most) : least;
  }

  /// What was not taken yet.
  public byte[] rest() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  /// What was not taken yet, as text; broken UTF-8 shows as replacement characters.
  public String restAsText() {
    return new String(rest(), StandardCharsets.UTF_8);
  }
}
