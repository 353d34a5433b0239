package io.onebalance.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One end of a connection, for manners that an HTTP client or server would not have. Reading gives
/// up after half a minute.
public final class Line implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final Socket socket;
  private final InputStream in;

  public Line(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public static Line to(int port) throws IOException {
    return new Line(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /// A line that takes in only so many bytes before its reader reads.
  public static Line narrow(int port, int bytes) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(bytes);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Line(socket);
  }

  public Line say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Line say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// A whole request or answer.
  public Message hear() throws IOException {
    var head = head();
    var body = new ByteArrayOutputStream();
    var whole = body(head, body);
    return new Message(head.start(), head.fields(), body.toByteArray(), whole);
  }

  /// The head alone; its body is still to come.
  public Message head() throws IOException {
    var start = line();
    var fields = new ArrayList<Message.Field>();
    for (var next = line(); !next.isEmpty(); next = line()) {
      var colon = next.indexOf(':');
      fields.add(new Message.Field(next.substring(0, colon), next.substring(colon + 1).strip()));
    }
    return new Message(start, List.copyOf(fields), new byte[0], true);
  }

  /// Exactly so many bytes.
  public byte[] read(int count) throws IOException {
    return in.readNBytes(count);
  }

  /// The bytes that are there, at least one; none where the connection ended.
  public byte[] some() throws IOException {
    var piece = new byte[16 << 10];
    var got = in.read(piece);
    return got < 0 ? new byte[0] : Arrays.copyOf(piece, got);
  }

  /// Says that nothing more will be said; the other side may still be heard.
  public void hush() throws IOException {
    socket.shutdownOutput();
  }

  /// All bytes until the connection ends, in whatever way.
  public byte[] rest() throws IOException {
    var bytes = new ByteArrayOutputStream();
    drain(bytes);
    return bytes.toByteArray();
  }

  /// Waits for the end of the connection and tells how many bytes came before it.
  public long untilClosed() throws IOException {
    var count = 0L;
    try {
      var piece = new byte[8192];
      for (var got = in.read(piece); got >= 0; got = in.read(piece)) {
        count += got;
      }
    } catch (SocketException reset) {
      return count;
    }
    return count;
  }

  /// Says that nothing more will be said, and goes on listening.
  public Line endSaying() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Ends the connection with RST.
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Ends the connection with FIN. May be closed once more.
  public void end() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private boolean body(Message head, ByteArrayOutputStream body) throws IOException {
    var isAnswer = head.start().startsWith("HTTP/");
    if (isAnswer && (head.status() < 200 || head.status() == 204 || head.status() == 304)) {
      return true;
    }
    if (head.field("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      return chunks(body);
    }
    var length = head.field("content-length");
    if (length.isEmpty()) {
      return !isAnswer || drain(body);
    }
    return exactly(Integer.parseInt(length), body);
  }

  private boolean exactly(int count, ByteArrayOutputStream to) throws IOException {
    try {
      var bytes = in.readNBytes(count);
      to.writeBytes(bytes);
      return bytes.length == count;
    } catch (SocketException reset) {
      return false;
    }
  }

  private boolean chunks(ByteArrayOutputStream to) throws IOException {
    try {
      while (true) {
        var size = Integer.parseInt(line().split(";", -1)[0].strip(), 16);
        if (size == 0) {
          while (!line().isEmpty()) {
            // trailers are not of interest
          }
          return true;
        }
        if (!exactly(size, to) || !line().isEmpty()) {
          return false;
        }
      }
    } catch (EOFException | SocketException cut) {
      return false;
    }
  }

  private boolean drain(ByteArrayOutputStream to) throws IOException {
    try {
      in.transferTo(to);
      return true;
    } catch (SocketException reset) {
      return false;
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended within a line: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
