import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Asks at a steady pace and measures how long the first byte takes.
///
/// Arguments: the URL, requests a second, seconds, and how many connections share them, 16 unless
/// told. As long as one of them is free a request leaves at its time, whether those before it were
/// answered or not. Prints a line for each status: the status, how many answers had it, the median
/// and 99th percentile of the time to their first byte, and how long all requests took, in µs.
final class Pace {
  private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final URI url;
  private final long gap;
  private final int each;
  private final int connections;

  private Pace(URI url, double rate, double seconds, int connections) {
    this.url = url;
    this.gap = (long) (connections * 1e9 / rate);
    this.each = (int) (rate * seconds / connections);
    this.connections = connections;
  }

  /// The status of an answer, and the ns to its first byte.
  private record Answer(int status, long took) {}

  static void main(String[] arguments) throws InterruptedException, ExecutionException {
    var pace =
        new Pace(
            URI.create(arguments[0]),
            Double.parseDouble(arguments[1]),
            Double.parseDouble(arguments[2]),
            arguments.length > 3 ? Integer.parseInt(arguments[3]) : 16);
    var began = System.nanoTime();
    var answers = pace.run();
    tell(answers, System.nanoTime() - began - HEAD_START);
  }

  private static void tell(List<Answer> answers, long all) {
    answers.stream()
        .collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.toList()))
        .forEach((status, alike) -> {
          var took = alike.stream().mapToLong(Answer::took).sorted().toArray();
          System.out.printf(
              "RESULT %d %d %d %d %d%n",
              status,
              took.length,
              took[took.length / 2] / 1000,
              took[took.length * 99 / 100] / 1000,
              all / 1000);
        });
  }

  private List<Answer> run() throws InterruptedException, ExecutionException {
    var began = System.nanoTime() + HEAD_START;
    try (var threads = Executors.newFixedThreadPool(connections)) {
      var asking =
          IntStream.range(0, connections)
              .mapToObj(i -> threads.submit(() -> ask(began + gap * i / connections)))
              .toList();
      var all = new ArrayList<Answer>();
      for (var one : asking) {
        all.addAll(one.get());
      }
      return all;
    }
  }

  /// Asks on one connection, at its turns; a turn that comes late is taken at once.
  private List<Answer> ask(long first) throws IOException {
    var answers = new ArrayList<Answer>(each);
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
        var took = System.nanoTime() - sent;
        while (!isWhole(answer, count)) {
          var more = in.read(answer, count, answer.length - count);
          if (more < 0) {
            throw new IOException("the answer broke off");
          }
          count += more;
        }
        answers.add(new Answer(status(answer), took));
      }
    }
    return answers;
  }

  private static void await(long turn) {
    for (var left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static int status(byte[] answer) {
    return Integer.parseInt(new String(answer, STATUS_AT, 3, ISO_8859_1));
  }

  private static boolean isWhole(byte[] answer, int count) throws IOException {
    if (count < 0) {
      throw new IOException("the connection ended before an answer");
    }
    var text = new String(answer, 0, count, ISO_8859_1);
    var body = text.indexOf("\r\n\r\n") + 4;
    var head = text.substring(0, Math.max(0, body - 2)).toLowerCase(Locale.ROOT);
    var length = head.indexOf("content-length:");
    if (length < 0) {
      return body >= 4 && text.endsWith("\r\n0\r\n\r\n");
    }
    var told = head.substring(length + 15, head.indexOf("\r\n", length));
    return body >= 4 && count - body >= Integer.parseInt(told.strip());
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
