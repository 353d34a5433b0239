package io.onebalance.sandbox.script;

import java.time.Duration;

/// How fast a stream comes and how it is cut.
///
/// @param tokensPerPiece how many words an event carries
/// @param pause after each piece; zero means as fast as the client reads
/// @param chunkBytes the stream is written in chunks of so many bytes, whatever stands there (also
///   inside a character); 0 means one chunk an event
public record Pace(int tokensPerPiece, Duration pause, int chunkBytes) {
  public static final Pace QUICK = new Pace(4, Duration.ZERO, 0);

  public Pace {
    if (tokensPerPiece < 1 || chunkBytes < 0 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "a pace needs at least one token a piece, and no negative pause or chunk");
    }
  }

  public Pace inChunksOf(int bytes) {
    return new Pace(tokensPerPiece, pause, bytes);
  }
}
