package io.onebalance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32;

/// Frames of an AWS event stream, as AWS writes them.
public final class EventFrame {
  private static final int TEXT = 7;
  private static final int AROUND = 16;

  private EventFrame() {}

  /// A frame whose headers are all texts.
  public static byte[] of(Map<String, String> headers, byte[] payload) {
    var written = new ByteArrayOutputStream();
    headers.forEach((name, value) -> header(written, name, value));
    return of(written.toByteArray(), payload);
  }

  public static byte[] of(byte[] headers, byte[] payload) {
    var frame = ByteBuffer.allocate(AROUND + headers.length + payload.length);
    frame.putInt(frame.capacity()).putInt(headers.length);
    sum(frame).put(headers).put(payload);
    return sum(frame).array();
  }

  /// An exception of Bedrock's.
  public static byte[] exception(String type, String message) {
    return of(
        Map.of(
            ":message-type", "exception",
            ":exception-type", type,
            ":content-type", "application/json"),
        "{\"message\":\"%s\"}".formatted(message).getBytes(UTF_8));
  }

  public static byte[] event(String type, String json) {
    return of(
        Map.of(
            ":message-type", "event",
            ":event-type", type,
            ":content-type", "application/json"),
        json.getBytes(UTF_8));
  }

  private static void header(ByteArrayOutputStream to, String name, String value) {
    var bytes = value.getBytes(UTF_8);
    to.write(name.getBytes(UTF_8).length);
    to.writeBytes(name.getBytes(UTF_8));
    to.write(TEXT);
    to.write(bytes.length >> Byte.SIZE);
    to.write(bytes.length);
    to.writeBytes(bytes);
  }

  private static ByteBuffer sum(ByteBuffer frame) {
    var sum = new CRC32();
    sum.update(frame.duplicate().flip());
    return frame.putInt((int) sum.getValue());
  }
}
