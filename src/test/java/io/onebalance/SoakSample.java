package io.onebalance;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What a process holds at one time: seconds since the beginning, the least heap after some full
/// collections (KiB), descriptors, threads, resident memory (MiB).
record SoakSample(long at, long heap, int descriptors, int threads, long resident) {
  /// A rise of the fitted line that is still flat, as a share of the mean; or this many in all.
  private static final double SHARE = 0.10;

  private static final int HANDFUL = 8;

  /// Bodies of a megabyte that are under way come and go between collections, each about a second
  /// after the one before; what is leaked stays.
  private static final int COLLECTIONS = 5;

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  static SoakSample of(long pid, long at) {
    var heap = LongStream.range(0, COLLECTIONS).map(_ -> collected(pid)).min().orElseThrow();
    return new SoakSample(
        at, heap, Proc.count(pid, "fd"), Proc.count(pid, "task"), Proc.resident(pid));
  }

  /// The heap right after a full collection, in KiB.
  private static long collected(long pid) {
    jcmd(pid, "GC.run");
    var used = USED.matcher(jcmd(pid, "GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("the heap's size was not told");
    }
    return Long.parseLong(used.group(1));
  }

  private static String jcmd(long pid, String what) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return Proc.run(jcmd, Long.toString(pid), what);
  }

  String row() {
    return "| %d | %.1f | %d | %d | %d |"
        .formatted(at, heap / 1024.0, descriptors, threads, resident);
  }

  static String table(List<SoakSample> samples) {
    return "| Second | Least heap after GC, MiB | Descriptors | Threads | RSS, MiB |\n"
        + "|---|---|---|---|---|\n"
        + samples.stream().map(sample -> sample.row() + "\n").collect(Collectors.joining());
  }

  /// A series and the line that fits it best, without its first third.
  record Judged(String what, double mean, double rise, double allowed) {
    boolean flat() {
      return rise <= allowed;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "- %s: mean %.1f, the fitted line rises by %.2f; flat up to %.2f: **%s**",
          what,
          mean,
          rise,
          allowed,
          flat() ? "flat" : "NOT FLAT");
    }
  }

  /// The first third is warm-up; over the rest the line of least squares may rise by a tenth of the
  /// mean, descriptors and threads by eight.
  static List<Judged> judged(List<SoakSample> samples) {
    var rest = samples.subList(samples.size() / 3, samples.size());
    return Stream.of(
            judged("least heap after GC, MiB", rest, s -> s.heap / 1024.0, 0),
            judged("descriptors", rest, SoakSample::descriptors, HANDFUL),
            judged("threads", rest, SoakSample::threads, HANDFUL),
            judged("RSS, MiB", rest, SoakSample::resident, 0))
        .toList();
  }

  private static Judged judged(
      String what, List<SoakSample> samples, ToDoubleFunction<SoakSample> value, int least) {
    var mean = samples.stream().mapToDouble(value).average().orElse(0);
    var middle = samples.stream().mapToLong(SoakSample::at).average().orElse(0);
    var up =
        samples.stream().mapToDouble(s -> (s.at - middle) * (value.applyAsDouble(s) - mean)).sum();
    var along = samples.stream().mapToDouble(s -> (s.at - middle) * (s.at - middle)).sum();
    var span = samples.getLast().at - samples.getFirst().at;
    var rise = along == 0 ? 0 : up / along * span;
    return new Judged(what, mean, rise, Math.max(least, SHARE * mean));
  }
}
