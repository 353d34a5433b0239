package io.onebalance.sandbox.answer.alike;

import io.onebalance.sandbox.answer.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A tenth of a second of a tone, the same for the same seed: 24 kHz, 16 bits, one channel.
public final class Sound {
  private static final int RATE = 24_000;
  private static final int SAMPLES = RATE / 10;

  private Sound() {}

  public static byte[] pcm(String seed) {
    var pitch = 220 + Math.floorMod(seed.hashCode(), 440);
    var samples = ByteBuffer.allocate(SAMPLES * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (var i = 0; i < SAMPLES; i++) {
      samples.putShort((short) (8_000 * Math.sin(2 * Math.PI * pitch * i / RATE)));
    }
    return samples.array();
  }

  /// The same as a file that players open.
  public static byte[] wav(String seed) {
    var pcm = pcm(seed);
    return ByteBuffer.allocate(44 + pcm.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(Json.bytes("RIFF"))
        .putInt(36 + pcm.length)
        .put(Json.bytes("WAVEfmt "))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(RATE * 2)
        .putShort((short) 2)
        .putShort((short) 16)
        .put(Json.bytes("data"))
        .putInt(pcm.length)
        .put(pcm)
        .array();
  }
}
