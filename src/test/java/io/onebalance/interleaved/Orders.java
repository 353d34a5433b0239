package io.onebalance.interleaved;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// [Interleavings] in a process of its own, for Lincheck rewrites classes as they are loaded
/// (`./dev bench orders [SCENARIOS ORDERS]`). Ends with 1 where an order breaks a word.
final class Orders {
  private static final List<String> USUAL = List.of("20", "200");
  private static final List<String> FLAGS =
      List.of(
          "-Xmx768m",
          "-XX:+EnableDynamicAgentLoading",
          "-Dlog.level=off",
          "-Dlog.libraries=off",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.function=ALL-UNNAMED",
          "--add-opens=java.base/java.util.stream=ALL-UNNAMED");

  private Orders() {}

  static void main(String[] arguments) throws Exception {
    var numbers = arguments.length == 0 ? USUAL : List.of(arguments);
    System.exit(process(List.of(), numbers).inheritIO().start().waitFor());
  }

  /// The process, with further flags for its virtual machine.
  static ProcessBuilder process(List<String> flags, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Interleavings.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
