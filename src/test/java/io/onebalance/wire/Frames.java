package io.onebalance.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// One end of an HTTP/2 connection, frame by frame (RFC 9113), for manners that no HTTP/2 library
/// would have.
public final class Frames {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  public static final int FLOW_CONTROL_ERROR = 3;
  public static final int REFUSED_STREAM = 7;
  public static final int ENHANCE_YOUR_CALM = 11;
  public static final int MAX_CONCURRENT_STREAMS = 3;

  private static final int ACK = 1;
  private static final int PRIORITY = 32;
  private static final int PRIORITY_BYTES = 5;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int GET = 0x82;
  private static final int POST = 0x83;

  private final Line line;
  private final DefaultHttp2HeadersDecoder fields = new DefaultHttp2HeadersDecoder();

  /// One frame as it came.
  public record Frame(int type, int flags, int stream, byte[] payload) {
    boolean ends() {
      return (flags & END_STREAM) != 0;
    }

    /// The number that the payload begins with: the code of a reset, the step of a window.
    public int number() {
      return ByteBuffer.wrap(payload).getInt();
    }

    /// The code of a goodbye.
    public int reason() {
      return ByteBuffer.wrap(payload).getInt(4);
    }
  }

  /// A whole request.
  public record Asked(int stream, Map<String, String> fields) {}

  private Frames(Line line) {
    this.line = line;
  }

  /// The client's end: sends the preface and settings that ask for nothing, and accepts those of
  /// the server.
  public static Frames ofClient(Line line) throws IOException {
    line.say(PREFACE);
    var frames = new Frames(line).say(SETTINGS, 0, 0, new byte[0]);
    frames.answerCourtesies(frames.frame(SETTINGS));
    return frames;
  }

  /// The server's end: reads the client's preface and sends these settings, pairs of an identifier
  /// and its value.
  public static Frames ofServer(Line line, int... settings) throws IOException {
    line.read(PREFACE.length());
    var payload = ByteBuffer.allocate(settings.length * 3);
    for (var i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    return new Frames(line).say(SETTINGS, 0, 0, payload.array());
  }

  public Frame next() throws IOException {
    var head = ByteBuffer.wrap(exactly(9));
    var length = (head.get() & 0xff) << 16 | (head.getShort() & 0xffff);
    var type = head.get();
    var flags = head.get();
    var stream = head.getInt() & Integer.MAX_VALUE;
    return new Frame(type, flags, stream, exactly(length));
  }

  /// The next whole request; settings and pings are answered meanwhile.
  public Asked asked() throws IOException {
    var head = frame(HEADERS);
    var all = decoded(head);
    var last = head;
    while (!last.ends()) {
      last = next();
      answerCourtesies(last);
    }
    return new Asked(head.stream, all);
  }

  /// The status of the answer on this stream; what comes before it is passed over.
  public String status(int stream) throws IOException {
    while (true) {
      var head = frame(HEADERS);
      var all = decoded(head);
      if (head.stream == stream) {
        return all.getOrDefault(":status", "");
      }
    }
  }

  /// The status of the next answer, on whatever stream.
  public String anyStatus() throws IOException {
    return decoded(frame(HEADERS)).getOrDefault(":status", "");
  }

  /// The next frame of this type.
  public Frame frame(int type) throws IOException {
    var frame = next();
    while (frame.type != type) {
      answerCourtesies(frame);
      frame = next();
    }
    return frame;
  }

  public Frames say(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    line.say(frame.array());
    return this;
  }

  /// The head of a request without a body.
  public Frames get(int stream, String path) throws IOException {
    return say(HEADERS, END_HEADERS | END_STREAM, stream, request(GET, path));
  }

  /// The head of a request whose body is still to come.
  public Frames post(int stream, String path) throws IOException {
    return say(HEADERS, END_HEADERS, stream, request(POST, path));
  }

  /// The block of a request with GET, and these fields behind what each request has.
  public static byte[] getting(String path, String... fields) {
    var block = new ByteArrayOutputStream();
    block.writeBytes(request(GET, path));
    block.writeBytes(block(fields));
    return block.toByteArray();
  }

  private static byte[] request(int method, String path) {
    return headers(method, ":scheme", "http", ":authority", "gateway.test", ":path", path);
  }

  /// The head of an answer with status 200 and these fields, names and values in turn.
  public Frames head(int stream, String... fields) throws IOException {
    return say(HEADERS, END_HEADERS, stream, headers(0x88, fields));
  }

  public Frames data(int stream, String text, boolean last) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return say(DATA, last ? END_STREAM : 0, stream, bytes);
  }

  /// A whole answer in JSON.
  public Frames answer(int stream, String json) throws IOException {
    return head(stream, "content-type", "application/json").data(stream, json, true);
  }

  public Frames reset(int stream, int code) throws IOException {
    return say(RST_STREAM, 0, stream, number(code));
  }

  /// Says goodbye: streams after `last` were not looked at.
  public Frames goodbye(int last) throws IOException {
    return say(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).putInt(0).array());
  }

  /// A block of fields without compression: each is a literal that is not to be kept. `status` is
  /// an entry of HPACK's static table with its high bit set.
  public static byte[] headers(int status, String... fields) {
    var block = new ByteArrayOutputStream();
    block.write(status);
    block.writeBytes(block(fields));
    return block.toByteArray();
  }

  /// A block of these fields alone.
  public static byte[] block(String... fields) {
    var block = new ByteArrayOutputStream();
    for (var i = 0; i < fields.length; i += 2) {
      block.write(0);
      text(block, fields[i]);
      text(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  /// A length below 127 stands in one byte, a longer one in the bytes after it (RFC 7541, 5.1).
  private static void text(ByteArrayOutputStream to, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 127) {
      to.write(bytes.length);
    } else {
      to.write(127);
      var rest = bytes.length - 127;
      while (rest >= 128) {
        to.write((rest & 127) | 128);
        rest >>= 7;
      }
      to.write(rest);
    }
    to.writeBytes(bytes);
  }

  private void answerCourtesies(Frame frame) throws IOException {
    if (frame.type == SETTINGS && (frame.flags & ACK) == 0) {
      say(SETTINGS, ACK, 0, new byte[0]);
    } else if (frame.type == PING && (frame.flags & ACK) == 0) {
      say(PING, ACK, 0, frame.payload);
    }
  }

  private Map<String, String> decoded(Frame head) throws IOException {
    var all = new LinkedHashMap<String, String>();
    var skipped = (head.flags & PRIORITY) == 0 ? 0 : PRIORITY_BYTES;
    var block = Arrays.copyOfRange(head.payload, skipped, head.payload.length);
    try {
      fields
          .decodeHeaders(head.stream, Unpooled.wrappedBuffer(block))
          .forEach(field -> all.put(field.getKey().toString(), field.getValue().toString()));
    } catch (Http2Exception broken) {
      throw new IOException(broken);
    }
    return all;
  }

  private byte[] exactly(int count) throws IOException {
    var bytes = line.read(count);
    if (bytes.length < count) {
      throw new EOFException("the connection ended within a frame");
    }
    return bytes;
  }

  public static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }
}
