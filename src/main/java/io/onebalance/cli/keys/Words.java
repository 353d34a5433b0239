package io.onebalance.cli.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Words for a verb from wherever they were put: arguments, a file, or standard input (`-`).
public final class Words {
  private static final String STANDARD_INPUT = "-";

  private Words() {}

  /// All of them as one text, one below the other.
  public static String read(
      List<String> arguments, Optional<String> file, Path directory, InputStream in)
      throws IOException {
    var text = new StringBuilder();
    for (var argument : arguments) {
      text.append(argument.equals(STANDARD_INPUT) ? all(in) : argument).append('\n');
    }
    if (file.isPresent()) {
      var name = file.get();
      text.append(
          name.equals(STANDARD_INPUT) ? all(in) : Files.readString(directory.resolve(name)));
    }
    return text.toString();
  }

  /// The same as single words.
  public static List<String> split(String text) {
    return text.lines()
        .flatMap(line -> List.of(line.split("[,\\s]+", -1)).stream())
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String all(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
