import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Opens many streams at once, each on a connection of its own, and reads them to their ends.
///
/// Arguments: the URL, or several with commas between them, which take turns; how many streams, how
/// many events each of them has, over how many ms to begin; the model if it matters, and how many
/// streams come first and are not counted. The request is one of OpenAI's and one of Anthropic's.
/// Prints a line for each URL: how many events came, how many streams did not end as they should
/// (on the first line, of all), and the median and 99th percentile of how long an event took from
/// the upstream's write, in µs.
final class Streams {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
  private static final int MODEL = 4;
  private static final int UNCOUNTED = 5;
  private static final int DIGITS = 19;
  private static final String WELL = "";

  private final Selector selector;
  private final List<Place> places;
  private final String model;
  private final int streams;
  private final int events;
  private final int uncounted;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(64 << 10);
  private int open;
  private int failed;
  private final Map<String, Integer> stories = new TreeMap<>();

  private Streams(Selector selector, String[] arguments) {
    this.selector = selector;
    this.streams = Integer.parseInt(arguments[1]);
    this.events = Integer.parseInt(arguments[2]);
    this.model = arguments.length > MODEL ? arguments[MODEL] : "bench-model";
    this.uncounted = arguments.length > UNCOUNTED ? Integer.parseInt(arguments[UNCOUNTED]) : 0;
    this.places =
        Stream.of(arguments[0].split(","))
            .map(url -> new Place(URI.create(url), streams * events))
            .toList();
  }

  static void main(String[] arguments) throws IOException {
    var all = new Streams(Selector.open(), arguments);
    all.run(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3])));
  }

  /// Where streams come from, and how long their events took.
  private static final class Place {
    private final URI url;
    private final long[] delays;
    private int heard;

    Place(URI url, int most) {
      this.url = url;
      this.delays = new long[most];
    }

    void hear(long delay) {
      delays[Math.min(heard++, delays.length - 1)] = delay;
    }

    long percentile(double share) {
      return heard == 0 ? 0 : delays[(int) (share * (heard - 1))] / 1000;
    }
  }

  private void run(long ramp) throws IOException {
    var began = System.nanoTime();
    var begun = 0;
    while (begun < streams || open > 0) {
      var passed = System.nanoTime() - began;
      if (passed > ramp + LONGEST) {
        break;
      }
      for (; begun < streams && passed >= ramp * begun / streams; begun++) {
        begin(places.get(begun % places.size()), begun >= uncounted);
      }
      selector.select(this::ready, begun < streams ? 1 : 1000);
    }
    tell();
  }

  /// Why streams broke goes to standard error, a line for each reason.
  private void tell() {
    for (var key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof Answer stream) {
        stories.merge("time was over: " + stream.story(), 1, Integer::sum);
      }
    }
    stories.forEach((why, count) -> System.err.printf("%d streams: %s%n", count, why));
    for (var place : places) {
      Arrays.sort(place.delays, 0, place.heard);
      System.out.printf(
          "RESULT %d %d %d %d%n",
          place.heard, failed + open, place.percentile(0.5), place.percentile(0.99));
    }
  }

  private void begin(Place place, boolean counts) throws IOException {
    var socket = SocketChannel.open();
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_CONNECT, new Answer(place, counts));
    socket.connect(new InetSocketAddress(place.url.getHost(), place.url.getPort()));
    open++;
  }

  private void ready(SelectionKey key) {
    var socket = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        socket.finishConnect();
        var url = ((Answer) key.attachment()).place.url;
        socket.write(ByteBuffer.wrap(request(url).getBytes(ISO_8859_1)));
        key.interestOps(SelectionKey.OP_READ);
      } else {
        read(key, socket);
      }
    } catch (IOException gone) {
      close(key, gone.getMessage() + ", " + ((Answer) key.attachment()).story());
    }
  }

  private void read(SelectionKey key, SocketChannel socket) throws IOException {
    var stream = (Answer) key.attachment();
    var count = socket.read(piece.clear());
    var now = System.nanoTime();
    piece.flip();
    while (piece.hasRemaining()) {
      stream.take(piece.get(), now);
    }
    if (stream.isOver()) {
      close(key, stream.events == events ? WELL : stream.story());
    } else if (count < 0) {
      close(key, stream.story());
    }
  }

  private void close(SelectionKey key, String how) {
    key.cancel();
    open--;
    if (!how.equals(WELL)) {
      failed++;
      stories.merge(how, 1, Integer::sum);
    }
    try {
      key.channel().close();
    } catch (IOException gone) {
      // it is closed, whatever it says
    }
  }

  private String request(URI url) {
    var head =
        "{\"model\":\""
            + model
            + "\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"";
    var body = head + "a".repeat(1024 - head.length() - 4) + "\"}]}";
    return "POST "
        + url.getPath()
        + " HTTP/1.1\r\nHost: "
        + url.getAuthority()
        + "\r\nAuthorization: Bearer "
        + System.getenv("BENCH_AUTH_KEY")
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /// What came of one stream so far.
  private final class Answer {
    private static final String START = "HTTP/1.1 200";
    private static final String END = "\r\n0\r\n\r\n";

    private final Place place;
    private final boolean counts;
    private final StringBuilder start = new StringBuilder(START.length());
    private int events;
    private int digitsLeft;
    private long sent;
    private int atEnd;

    Answer(Place place, boolean counts) {
      this.place = place;
      this.counts = counts;
    }

    void take(byte b, long now) {
      if (start.length() < START.length()) {
        start.append((char) b);
      }
      atEnd = b == END.charAt(atEnd) ? atEnd + 1 : b == '\r' ? 1 : 0;
      if (digitsLeft > 0) {
        sent = sent * 10 + b - '0';
        digitsLeft--;
        if (digitsLeft == 0) {
          if (counts) {
            place.hear(now - sent);
          }
          events++;
        }
      } else if (b == '~') {
        digitsLeft = DIGITS;
        sent = 0;
      }
    }

    /// What its answer began with, and how far it came.
    String story() {
      var said = start.isEmpty() ? "no answer" : start.toString().replaceAll(".* ", "");
      return said + " and " + (events == 0 ? "no event" : "cut off after its first event");
    }

    boolean isOver() {
      return atEnd == END.length();
    }
  }
}
