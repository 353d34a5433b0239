package io.onebalance.cli.connect;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Changes variables in the text of a `.env`; the other lines stay.
final class DotEnvText {
  private DotEnvText() {}

  static String edit(String text, Map<String, String> variables) {
    var kept = text.lines().filter(line -> !variables.containsKey(name(line)));
    var set = variables.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue());
    return Stream.concat(kept, set).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String name(String line) {
    var written = line.strip().replaceFirst("^export\\s+", "");
    var equals = written.indexOf('=');
    return equals < 0 ? "" : written.substring(0, equals).strip();
  }
}
