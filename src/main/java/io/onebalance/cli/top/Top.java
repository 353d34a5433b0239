package io.onebalance.cli.top;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import io.onebalance.sync.Sync;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `top`: shows what a running server does, provider by provider, and goes on until it is stopped,
/// also while the server is away.
public record Top(Shell shell, Sync.Pause pause) implements Verb {
  private static final String ONCE = "--once";
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// Home, and all below forgotten: the screen does not flicker.
  private static final String ANEW = "\033[H\033[J";

  public Top(Shell shell) {
    this(shell, Thread::sleep);
  }

  @Override
  public String name() {
    return "top";
  }

  @Override
  public String summary() {
    return "Show what a running server does: requests, errors, tokens, and how its keys stand.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(ONCE).description("Show it once, counted since its start.").build());
    Remote.describe(spec);
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var remote = Remote.meant(given, shell, config);
    return remote.isEmpty() ? Exit.FAILED : show(remote.get(), given.hasMatchedOption(ONCE));
  }

  private int show(Remote server, boolean once) throws IOException {
    if (once) {
      show("", server, new Frame(look(server), Optional.empty()));
      return Exit.DONE;
    }
    return goOn(server);
  }

  private int goOn(Remote server) throws IOException {
    var before = look(server);
    show(ANEW, server, new Frame(before, Optional.empty()));
    while (!shell.out().checkError() && rested()) {
      try {
        var now = look(server);
        show(ANEW, server, new Frame(now, Optional.of(before)));
        before = now;
      } catch (IOException away) {
        print(ANEW, server, away.getMessage() + "\n");
      }
    }
    return Exit.DONE;
  }

  /// Whether to go on.
  private boolean rested() {
    try {
      pause.rest(PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void show(String first, Remote server, Frame frame) {
    print(first, server, frame.text());
  }

  private void print(String first, Remote server, String text) {
    var now = shell.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    shell.out().print(first + server.url() + "  " + now + "\n" + text);
    shell.out().flush();
  }

  private Look look(Remote server) throws IOException {
    return Look.read(shell.clock().instant(), server.text("/metrics"));
  }
}
