package io.onebalance.cli.connect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A program that can be led here.
public sealed interface Client permits ClaudeCode, Codex, GeminiCli {
  /// All that are known.
  static List<Client> all() {
    return List.of(new ClaudeCode(), new Codex(), new GeminiCli());
  }

  static Optional<Client> named(String name) {
    return all().stream().filter(client -> client.name().equals(name)).findFirst();
  }

  /// The names, as they are typed.
  static String names() {
    return all().stream().map(Client::name).collect(Collectors.joining("|"));
  }

  String name();

  /// The lines to set by hand. They hold no key: `$AUTH_KEY` stands for it.
  String lines(Target target);

  /// The same in the client's own files.
  List<Change> changes(Home home, Target target);

  /// What is still left to the person when the files are written, empty for nothing.
  default Stream<String> left() {
    return Stream.empty();
  }
}
