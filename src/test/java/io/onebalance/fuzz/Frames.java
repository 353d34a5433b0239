package io.onebalance.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.frame.Frame;
import io.onebalance.wire.EventFrame;
import java.util.Arrays;
import java.util.Map;

/// Frames of AWS event streams: once as they come, once written from the input (the first line is
/// the kind of a message, the second its name, the rest its payload).
///
/// Whatever comes is read or is none, and says no more than was in it; what was written as AWS
/// writes is read as it was meant, wherever it is cut and whatever follows.
final class Frames implements Target {
  @Override
  public void attack(byte[] input) {
    Frame.first(input).ifPresent(frame -> assertWithin(frame, input));
    assertThat(Frame.isDecided(input) || input.length < 4 || input[0] >= 0).isTrue();
    var parts = new Input(input);
    assertReadAsMeant(shortened(parts.line()), shortened(parts.line()), parts.rest());
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(100, text.length()));
  }

  private static void assertWithin(Frame frame, byte[] input) {
    var texts =
        frame.headers().entrySet().stream()
            .mapToInt(header -> header.getKey().length() + header.getValue().length())
            .sum();
    assertThat(texts + frame.payload().length).isLessThanOrEqualTo(input.length);
  }

  private static void assertReadAsMeant(String kind, String name, byte[] payload) {
    var headers = Map.of(":message-type", kind, ":exception-type", name);
    var written = EventFrame.of(headers, payload);
    var read = Frame.first(written).orElseThrow();
    assertThat(read.headers()).isEqualTo(headers);
    assertThat(read.payload()).isEqualTo(payload);
    assertThat(read.failure().isPresent())
        .isEqualTo(kind.equals("exception") || kind.equals("error"));
    var followed = Arrays.copyOf(written, written.length + kind.length());
    assertThat(Frame.isDecided(followed)).isTrue();
    assertThat(Frame.first(followed).orElseThrow().payload()).isEqualTo(payload);
    for (var length = 0; length < written.length; length += 1 + written.length / 50) {
      var cut = Arrays.copyOf(written, length);
      assertThat(Frame.isDecided(cut)).isFalse();
      assertThat(Frame.first(cut).map(Frame::headers).orElse(headers)).isEqualTo(headers);
    }
    assertThat(new String(payload, UTF_8)).isEqualTo(read.words());
  }
}
