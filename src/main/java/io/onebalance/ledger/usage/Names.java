package io.onebalance.ledger.usage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// The members of answers that are looked for.
final class Names {
  /// Bytes of the longest of them.
  static final int LONGEST = 33;

  private static final int FIRSTS = 128;

  /// Behind these stand the numbers.
  private static final byte[][][] USAGES =
      byFirst("usage", "usageMetadata", "meta", "amazon-bedrock-invocationMetrics");

  /// Behind these stands what the model says, and what it is asked.
  private static final byte[][][] TEXTS =
      byFirst(
          "content",
          "text",
          "delta",
          "arguments",
          "partial_json",
          "thinking",
          "reasoning_content",
          "reasoning",
          "refusal",
          "response",
          "generation",
          "prompt",
          "input",
          "instructions",
          "system",
          "description");

  private Names() {}

  static boolean isUsage(byte[] word, int length) {
    return isOneOf(USAGES, word, length);
  }

  static boolean isText(byte[] word, int length) {
    return isOneOf(TEXTS, word, length);
  }

  /// Nearly all members of an answer are told apart by their first letters.
  private static boolean isOneOf(byte[][][] names, byte[] word, int length) {
    if (length == 0 || word[0] < 0) {
      return false;
    }
    for (var name : names[word[0]]) {
      if (name.length == length && Arrays.equals(name, 0, length, word, 0, length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[][][] byFirst(String... names) {
    var all = new byte[FIRSTS][][];
    Arrays.setAll(
        all,
        first ->
            Arrays.stream(names)
                .filter(name -> name.charAt(0) == first)
                .map(name -> name.getBytes(US_ASCII))
                .toArray(byte[][]::new));
    return all;
  }
}
