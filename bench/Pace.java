import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Asks at a steady pace and measures how long the first byte takes.
///
/// Arguments: the URL, requests a second, seconds. Prints one line: how many requests there were,
/// and the median and 99th percentile of the time to the first byte, in µs.
final class Pace {
  private static final int CONNECTIONS = 16;

  private final URI url;
  private final long gap;
  private final int each;

  private Pace(URI url, double rate, double seconds) {
    this.url = url;
    this.gap = (long) (CONNECTIONS * 1e9 / rate);
    this.each = (int) (rate * seconds / CONNECTIONS);
  }

  static void main(String[] arguments) throws InterruptedException, ExecutionException {
    var pace =
        new Pace(
            URI.create(arguments[0]),
            Double.parseDouble(arguments[1]),
            Double.parseDouble(arguments[2]));
    var took = pace.run();
    Arrays.sort(took);
    System.out.printf(
        "RESULT %d %d %d%n",
        took.length, took[took.length / 2] / 1000, took[took.length * 99 / 100] / 1000);
  }

  private long[] run() throws InterruptedException, ExecutionException {
    var began = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var asking =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(i -> threads.submit(() -> ask(began + gap * i / CONNECTIONS)))
              .toList();
      var all = new ArrayList<long[]>();
      for (var one : asking) {
        all.add(one.get());
      }
      return joined(all);
    }
  }

  private static long[] joined(List<long[]> parts) {
    return parts.stream().flatMapToLong(Arrays::stream).toArray();
  }

  /// Asks on one connection, at its turns; a turn that comes late is taken at once.
  private long[] ask(long first) throws IOException {
    var took = new long[each];
    var request = request();
    var answer = new byte[16 << 10];
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      var in = socket.getInputStream();
      for (var i = 0; i < each; i++) {
        await(first + gap * i);
        var sent = System.nanoTime();
        socket.getOutputStream().write(request);
        var count = in.read(answer);
        took[i] = System.nanoTime() - sent;
        while (!isWhole(answer, count)) {
          var more = in.read(answer, count, answer.length - count);
          if (more < 0) {
            throw new IOException("the answer broke off");
          }
          count += more;
        }
      }
    }
    return took;
  }

  private static void await(long turn) {
    for (var left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static boolean isWhole(byte[] answer, int count) throws IOException {
    var text = new String(answer, 0, Math.max(0, count), ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("not served: " + text);
    }
    var body = text.indexOf("\r\n\r\n") + 4;
    var field = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    var end = text.indexOf("\r\n", field);
    return body >= 4 && count - body >= Integer.parseInt(text.substring(field + 15, end).strip());
  }

  private byte[] request() {
    var head = "{\"model\":\"bench-model\",\"messages\":[{\"role\":\"user\",\"content\":\"";
    var body = head + "a".repeat(1024 - head.length() - 4) + "\"}]}";
    var text =
        "POST "
            + url.getPath()
            + " HTTP/1.1\r\nHost: "
            + url.getAuthority()
            + "\r\nAuthorization: Bearer "
            + System.getenv("BENCH_AUTH_KEY")
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return text.getBytes(ISO_8859_1);
  }
}
