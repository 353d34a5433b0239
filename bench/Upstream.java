import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.regex.Pattern;

/// A provider that speaks slowly: `POST /v1/{events}/{gap}`, with anything behind it, is answered by so many events, one each
/// `gap` ms, each in a write of its own. An event tells when it was sent, in `nanoTime` after a
/// `~`.
final class Upstream {
  private static final Pattern LINE = Pattern.compile("POST /v1/(\\d+)/(\\d+)[ /]");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String EVENT =
      "data: {\"id\":\"chatcmpl-0\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":"
          + "\"bench-model\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~%019d\"},"
          + "\"finish_reason\":null}]}\n\n";
  private static final String END = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";

  private final Selector selector;
  private final PriorityQueue<Stream> due = new PriorityQueue<>();

  private Upstream(Selector selector) {
    this.selector = selector;
  }

  static void main(String[] arguments) throws IOException {
    var server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 16384);
    server.configureBlocking(false);
    var selector = Selector.open();
    server.register(selector, SelectionKey.OP_ACCEPT);
    new Upstream(selector).run();
  }

  private void run() throws IOException {
    while (true) {
      var first = due.peek();
      var rest = first == null ? 0 : Math.max(0, first.at - System.nanoTime()) / 1_000_000;
      if (first != null && rest == 0) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready, rest);
      }
      speak();
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept((ServerSocketChannel) key.channel());
      } else {
        ((Stream) key.attachment()).read();
      }
    } catch (IOException gone) {
      close(key);
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    for (var socket = server.accept(); socket != null; socket = server.accept()) {
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var key = socket.register(selector, SelectionKey.OP_READ);
      key.attach(new Stream(key, socket));
    }
  }

  private void speak() {
    for (var next = due.peek(); next != null && next.at <= System.nanoTime(); next = due.peek()) {
      due.poll();
      try {
        next.speak();
      } catch (IOException gone) {
        close(next.key);
      }
    }
  }

  private static void close(SelectionKey key) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException gone) {
      // it is closed, whatever it says
    }
  }

  /// One connection, and the answer that it is giving.
  private final class Stream implements Comparable<Stream> {
    private final SelectionKey key;
    private final SocketChannel socket;
    private final ByteBuffer asked = ByteBuffer.allocate(16 << 10);
    private int left;
    private long gap;
    private long at;

    Stream(SelectionKey key, SocketChannel socket) {
      this.key = key;
      this.socket = socket;
    }

    void read() throws IOException {
      if (socket.read(asked) < 0) {
        due.remove(this);
        close(key);
        return;
      }
      var text = new String(asked.array(), 0, asked.position(), ISO_8859_1);
      var end = text.indexOf("\r\n\r\n");
      if (end >= 0 && asked.position() >= end + 4 + length(text)) {
        asked.clear();
        begin(text);
      }
    }

    private static int length(String head) {
      var told = LENGTH.matcher(head);
      return told.find() ? Integer.parseInt(told.group(1)) : 0;
    }

    private void begin(String head) throws IOException {
      var line = LINE.matcher(head);
      if (!line.find()) {
        throw new IOException("asked for something else");
      }
      left = Integer.parseInt(line.group(1));
      gap = Long.parseLong(line.group(2)) * 1_000_000;
      write(HEAD);
      at = System.nanoTime() + gap;
      due.add(this);
    }

    void speak() throws IOException {
      if (left == 0) {
        write(END);
        return;
      }
      left--;
      var event = EVENT.formatted(System.nanoTime());
      write(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
      at += gap;
      due.add(this);
    }

    /// What is written is far smaller than what the kernel takes, as long as somebody reads.
    private void write(String text) throws IOException {
      var bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
      if (socket.write(bytes) < text.length()) {
        throw new IOException("nobody reads");
      }
    }

    @Override
    public int compareTo(Stream other) {
      return Long.compare(at, other.at);
    }
  }
}
