package io.onebalance.chat.answer;

/// Tokens of an answer.
///
/// @param input all of the prompt, with what was read from and written to a cache
/// @param cached of these, read from a cache
/// @param cacheWritten of these, written to a cache
/// @param output all that the model made, with what it thought
/// @param reasoning of these, thought
public record Usage(long input, long cached, long cacheWritten, long output, long reasoning) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  public long total() {
    return input + output;
  }
}
