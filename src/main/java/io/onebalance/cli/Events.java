package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Printable;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `events`: tells what happened to the keys of a running server, and what happens.
record Events(Shell shell) implements Verb {
  private static final String FOLLOW = "--follow";
  private static final String PATH = "/api/events";
  private static final String DATA = "data: ";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String summary() {
    return "Tell what happened to the keys of a running server.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(FOLLOW).description("Go on, and tell events as they happen.").build());
    Remote.describe(spec);
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var remote = Remote.meant(given, shell, config);
    return remote.isEmpty() ? Exit.FAILED : tell(remote.get(), given.hasMatchedOption(FOLLOW));
  }

  private int tell(Remote remote, boolean follow) throws IOException {
    var items = remote.ask("GET", PATH, Optional.empty()).path("items");
    var past = new ArrayList<JsonNode>();
    items.forEach(past::addFirst);
    past.forEach(this::tell);
    if (follow && !shell.out().checkError()) {
      var last = past.isEmpty() ? 0 : past.getLast().path("id").asLong(0);
      remote.follow(PATH + "?after=" + last, this::heard);
    }
    return Exit.DONE;
  }

  /// Whether to go on: nobody reads on where nothing can be printed.
  private boolean heard(String line) {
    if (line.startsWith(DATA)) {
      try {
        tell(JsonMapper.shared().readTree(line.substring(DATA.length())));
      } catch (JacksonException broken) {
        shell.err().println("the server sent a line that is not JSON");
      }
    }
    return !shell.out().checkError();
  }

  private void tell(JsonNode event) {
    var at = TIME.format(Instant.ofEpochSecond(event.path("at").asLong(0)));
    var until = event.path("until").isNumber() ? until(event.path("until").asLong()) : "";
    var request = word(event, "request");
    var words =
        Stream.of(
                at,
                "%-9s".formatted(word(event, "event")),
                word(event, "provider"),
                word(event, "key"),
                word(event, "model"),
                word(event, "reason"),
                until,
                request.isEmpty() ? "" : "request " + request)
            .filter(word -> !word.isEmpty())
            .toList();
    shell.out().println(String.join("  ", words));
    shell.out().flush();
  }

  private static String until(long seconds) {
    return "until " + TIME.format(Instant.ofEpochSecond(seconds));
  }

  private static String word(JsonNode event, String name) {
    return Printable.of(event.path(name).asString(""));
  }
}
