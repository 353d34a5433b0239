package io.onebalance.dialect;

import io.onebalance.chat.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// Sounds as models tell them: Gemini's are bare samples (`audio/L16;codec=pcm;rate=24000`), 16
/// bits each with the lower byte first, which nothing plays without being told so.
public final class Sound {
  /// The bare samples that OpenAI streams, in the words of Gemini.
  public static final String SAMPLES = "audio/L16;codec=pcm;rate=24000";

  private static final Pattern RATE = Pattern.compile("rate=(\\d{3,6})");
  private static final Pattern CHANNELS = Pattern.compile("channels=(\\d)");
  private static final int USUAL_RATE = 24_000;
  private static final int BYTES = 2;
  private static final int HEAD = 44;

  private Sound() {}

  public static boolean isBare(Source.Inline sound) {
    var type = sound.mediaType().toLowerCase(Locale.ROOT);
    return type.startsWith("audio/l16") || type.startsWith("audio/pcm");
  }

  /// The same in a WAV file, if it is bare; what is no base64 stays as it is.
  public static Source.Inline playable(Source.Inline sound) {
    if (!isBare(sound)) {
      return sound;
    }
    try {
      var samples = Base64.getDecoder().decode(sound.data());
      var rate = number(RATE, sound.mediaType(), USUAL_RATE);
      var channels = Math.max(1, number(CHANNELS, sound.mediaType(), 1));
      var file = wave(samples, rate, channels);
      return new Source.Inline("audio/wav", Base64.getEncoder().encodeToString(file));
    } catch (IllegalArgumentException broken) {
      return sound;
    }
  }

  private static int number(Pattern pattern, String type, int otherwise) {
    var found = pattern.matcher(type);
    return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
  }

  private static byte[] wave(byte[] samples, int rate, int channels) {
    var file = ByteBuffer.allocate(HEAD + samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEAD - 8 + samples.length).put(ascii("WAVEfmt ")).putInt(16);
    file.putShort((short) 1).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * BYTES).putShort((short) (channels * BYTES));
    file.putShort((short) (8 * BYTES)).put(ascii("data")).putInt(samples.length).put(samples);
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
