import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// How long requests take while somebody else knocks who is refused: nobody, at a third party on
/// the same machine, or at the server that is asked. What knocking costs the machine anyhow shows
/// at the third party; all in turns.
///
/// Arguments: the URL to ask, the URL to knock at there, the one at the third party, and how many
/// rounds. The keys are BENCH_AUTH_KEY and BENCH_KNOCK_KEY. Prints a row for each: medians of the
/// rounds' p50, p90 and p99, and how often it was knocked.
final class Knocks {
  private static final int REQUESTS = 1_000;
  private static final long GAP = TimeUnit.MICROSECONDS.toNanos(1_500);
  private static final int WARM_UP = 4;
  private static final int CLIENTS = 16;

  /// Of those that come anew each time: so many a second, and how long each waits for an answer.
  private static final int A_SECOND = 400;

  private static final int PATIENCE_MS = 30;

  private final URI asked;
  private final URI here;
  private final URI elsewhere;

  private Knocks(String asked, String here, String elsewhere) {
    this.asked = URI.create(asked);
    this.here = URI.create(here);
    this.elsewhere = URI.create(elsewhere);
  }

  /// What requests took, round by round, and how often it was knocked meanwhile.
  private record Rounds(List<long[]> took, AtomicLong knocks, AtomicLong nanos) {
    Rounds() {
      this(new ArrayList<>(), new AtomicLong(), new AtomicLong());
    }

    double percentile(int percent) {
      var each =
          took.stream()
              .mapToLong(sorted -> sorted[(sorted.length - 1) * percent / 100])
              .sorted()
              .toArray();
      return (each[each.length / 2] + each[(each.length - 1) / 2]) / 2e3;
    }

    long aSecond() {
      return knocks.get() * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos.get());
    }
  }

  /// Somebody who knocks until it is over.
  private interface Knocker {
    void knock(AtomicLong knocks) throws IOException;
  }

  private interface Crowd {
    Knocker one(int number);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Knocks(arguments[0], arguments[1], arguments[2]).run(Integer.parseInt(arguments[3]));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    var names =
        List.of(
            "alone",
            CLIENTS + " clients that ask on as soon as they are refused, at nginx",
            "the same, here",
            A_SECOND + " knocks a second, each on a connection of its own, at nginx",
            "the same, here");
    var crowds =
        List.<Crowd>of(
            _ -> _ -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10)),
            _ -> steadfast(elsewhere),
            _ -> steadfast(here),
            number -> fickle(elsewhere, number),
            number -> fickle(here, number));
    var all = names.stream().map(_ -> new Rounds()).toList();
    try (var line = socket(asked)) {
      for (var round = 0; round < WARM_UP + rounds; round++) {
        for (var i = 0; i < all.size(); i++) {
          // each begins a round in its turn, so that none always follows the same
          var at = (i + round) % all.size();
          measure(line, crowds.get(at), round < WARM_UP ? new Rounds() : all.get(at));
        }
      }
    }
    for (var i = 0; i < all.size(); i++) {
      var told = all.get(i);
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.0f | %.0f | %.0f |%n",
          names.get(i),
          told.aSecond(),
          told.percentile(50),
          told.percentile(90),
          told.percentile(99));
    }
  }

  private void measure(Socket line, Crowd crowd, Rounds told)
      throws IOException, InterruptedException {
    var over = new AtomicBoolean();
    var counted = new AtomicLong();
    var knockers = new ArrayList<Thread>();
    for (var i = 0; i < CLIENTS; i++) {
      var one = crowd.one(i);
      knockers.add(Thread.ofPlatform().daemon().start(() -> knock(one, counted, over)));
    }
    TimeUnit.MILLISECONDS.sleep(300); // those who come have come
    var before = counted.get();
    var began = System.nanoTime();
    told.took.add(ask(line));
    told.nanos.addAndGet(System.nanoTime() - began);
    told.knocks.addAndGet(counted.get() - before);
    over.set(true);
    for (var knocker : knockers) {
      knocker.join();
    }
  }

  private static void knock(Knocker one, AtomicLong counted, AtomicBoolean over) {
    try {
      while (!over.get()) {
        one.knock(counted);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private long[] ask(Socket line) throws IOException {
    var request = request(asked, System.getenv("BENCH_AUTH_KEY"));
    var took = new long[REQUESTS];
    var turn = System.nanoTime();
    for (var i = 0; i < REQUESTS; i++) {
      turn += GAP;
      for (var left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      var sent = System.nanoTime();
      line.getOutputStream().write(request);
      if (answer(line) != 200) {
        throw new IOException("a request of a key within its limits was refused");
      }
      took[i] = System.nanoTime() - sent;
    }
    Arrays.sort(took);
    return took;
  }

  /// Asks again and again on one connection.
  private Knocker steadfast(URI url) {
    var request = request(url, System.getenv("BENCH_KNOCK_KEY"));
    var line = new Socket[1];
    return knocks -> {
      if (line[0] == null) {
        line[0] = socket(url);
      }
      line[0].getOutputStream().write(request);
      if (refused(line[0])) {
        knocks.incrementAndGet();
      } else {
        line[0].close();
        line[0] = null;
      }
    };
  }

  /// Comes at its times, whether it was answered before or not.
  private Knocker fickle(URI url, int number) {
    var request = request(url, System.getenv("BENCH_KNOCK_KEY"));
    var gap = TimeUnit.SECONDS.toNanos(CLIENTS) / A_SECOND;
    var turn = new long[] {System.nanoTime() + gap * number / CLIENTS};
    return knocks -> {
      for (var left = turn[0] - System.nanoTime(); left > 0; left = turn[0] - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      turn[0] += gap;
      try (var line = socket(url)) {
        line.setSoTimeout(PATIENCE_MS);
        line.getOutputStream().write(request);
        refused(line);
      } catch (SocketTimeoutException impatient) {
        // comes again
      }
      knocks.incrementAndGet();
    };
  }

  /// Whether an answer came on a connection that goes on.
  private static boolean refused(Socket line) throws IOException {
    var status = answer(line);
    if (status > 0 && status != 429 && status != 200) { // one a minute is within the limit
      throw new IOException("whoever knocks was answered with " + status);
    }
    return status > 0;
  }

  private static Socket socket(URI url) throws IOException {
    var socket = new Socket(url.getHost(), url.getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /// The status of a whole answer; 0 where the connection ended.
  private static int answer(Socket line) throws IOException {
    var bytes = new byte[16 << 10];
    var in = line.getInputStream();
    var count = 0;
    while (true) {
      var more = in.read(bytes, count, bytes.length - count);
      if (more < 0) {
        return 0;
      }
      count += more;
      var text = new String(bytes, 0, count, ISO_8859_1);
      var body = text.indexOf("\r\n\r\n") + 4;
      if (body >= 4 && count >= body + length(text.substring(0, body))) {
        return Integer.parseInt(text.substring(9, 12));
      }
    }
  }

  private static int length(String head) throws IOException {
    var fields = head.toLowerCase(Locale.ROOT);
    var at = fields.indexOf("content-length:");
    if (at < 0) {
      throw new IOException("an answer without a length");
    }
    return Integer.parseInt(fields.substring(at + 15, fields.indexOf("\r\n", at)).strip());
  }

  private static byte[] request(URI url, String key) {
    var head = "{\"model\":\"bench-model\",\"messages\":[{\"role\":\"user\",\"content\":\"";
    var body = head + "a".repeat(1024 - head.length() - 4) + "\"}]}";
    return """
    POST %s HTTP/1.1\r
    Host: %s\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(url.getPath(), url.getAuthority(), key, body.length(), body)
        .getBytes(ISO_8859_1);
  }
}
