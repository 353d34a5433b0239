package io.onebalance.sdk;

import io.onebalance.sdk.Sdk.Door;
import io.onebalance.sdk.Sdk.Person;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Anthropic's SDK 2.x, whose classes have the names of those of 3.x. So it runs in a process of
/// its own: the same [AnthropicMessages], with the jars that the build copied to
/// `clients/anthropic-2` in place of the newer ones. It is asked by a line of JSON, and answers by
/// one.
final class OlderClient implements AutoCloseable {
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private OlderClient(Process process) {
    this.process = process;
    this.to = process.outputWriter(StandardCharsets.UTF_8);
    this.from = process.inputReader(StandardCharsets.UTF_8);
  }

  static OlderClient start() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath(), OlderProgram.class.getName());
    try {
      return new OlderClient(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String classPath() {
    var entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    var tests = entries.stream().filter(entry -> entry.endsWith("test-classes")).findFirst();
    var jars = jars(Path.of(tests.orElseThrow()).resolveSibling("clients").resolve("anthropic-2"));
    var others = entries.stream().filter(entry -> !entry.contains("anthropic-java"));
    return Stream.concat(jars.stream(), others).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> jars(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(Path::toString).toList();
    } catch (IOException missing) {
      throw new UncheckedIOException("`./mvnw process-test-resources` copies it", missing);
    }
  }

  Sdk at(Door door) {
    return new There(door);
  }

  private JsonObject ask(JsonObject question) {
    try {
      to.write(question.encode());
      to.newLine();
      to.flush();
      var answer = from.readLine();
      if (answer == null) {
        throw new IllegalStateException("the older client ended");
      }
      return new JsonObject(answer);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The program ends with its input.
  @Override
  public void close() {
    try {
      to.close();
      process.waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the client threw in its process: the names of the exception's class and of those above
  /// it.
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String[] kinds;
    private final int status;

    private Thrown(JsonObject told) {
      super(told.getString("message"));
      kinds = told.getJsonArray("kinds").stream().map(String::valueOf).toArray(String[]::new);
      status = told.getInteger("status");
    }

    List<String> kinds() {
      return Arrays.asList(kinds);
    }
  }

  /// The client as it is asked from here.
  private final class There implements Sdk {
    private final Door door;

    There(Door door) {
      this.door = door;
    }

    private JsonObject asked(String what, String model, boolean streamed) {
      var answer =
          ask(
              new JsonObject()
                  .put("url", door.url())
                  .put("key", door.key())
                  .put("what", what)
                  .put("model", model)
                  .put("streamed", streamed));
      if (answer.containsKey("kinds")) {
        throw new Thrown(answer);
      }
      return answer;
    }

    private static List<String> list(JsonObject answer) {
      return answer.getJsonArray("said").stream().map(String::valueOf).toList();
    }

    @Override
    public String say(String model, boolean streamed) {
      return asked("say", model, streamed).getString("said");
    }

    @Override
    public List<String> useTool(String model, boolean streamed) {
      return list(asked("useTool", model, streamed));
    }

    @Override
    public Person invent(String model) {
      return asked("invent", model, false).getJsonObject("said").mapTo(Person.class);
    }

    @Override
    public List<List<Float>> embed(String model, List<String> texts) {
      throw new UnsupportedOperationException("Anthropic has no embeddings");
    }

    @Override
    public List<String> models() {
      return list(asked("models", "", false));
    }

    @Override
    public Class<? extends Throwable> thrownFor(Trouble trouble) {
      return AnthropicMessages.thrown(trouble);
    }

    @Override
    public Class<? extends Throwable> thrownForBrokenStream() {
      return AnthropicMessages.BROKEN_STREAM;
    }

    @Override
    public int statusOf(Throwable thrown) {
      return ((Thrown) thrown).status;
    }
  }
}
