package io.onebalance.served;

import io.onebalance.StartCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The process of a [PretendProvider], as the bench speaks with it.
final class Sandboxed implements AutoCloseable {
  private final Process process;
  private final BufferedReader heard;
  private final PrintWriter tells;
  private final String url;

  /// How often it was asked in all, and at the beginning and the end of each time of trouble.
  record Told(long asked, List<Long> marks) {}

  private Sandboxed(Process process) throws IOException {
    this.process = process;
    heard = process.inputReader(StandardCharsets.UTF_8);
    tells = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    url = hear("pretends at ");
  }

  static Sandboxed playing(String scenario) throws IOException {
    var command = new ArrayList<>(StartCache.java(List.of("-XX:TieredStopAtLevel=4", "-Xmx256m")));
    command.add(PretendProvider.class.getName());
    command.add(scenario);
    return new Sandboxed(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String url() {
    return url;
  }

  void begin(Lens lens) throws IOException {
    tells.println("begin " + lens.began());
    hear("begins");
  }

  Told told() throws IOException {
    tells.println("tell");
    var numbers =
        Stream.of(hear(PretendProvider.TOLD + " ").split(" ", -1)).map(Long::valueOf).toList();
    return new Told(numbers.getFirst(), numbers.subList(1, numbers.size()));
  }

  /// Reads on to the line that begins so, and gives the rest of it.
  private String hear(String beginning) throws IOException {
    for (var line = heard.readLine(); line != null; line = heard.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    throw new IOException("the sandbox ended before it said: " + beginning);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
