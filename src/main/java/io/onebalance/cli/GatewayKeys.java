package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Printable;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.cli.shell.WrongUsage;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `gateway-keys`: lists, issues, rotates and revokes the gateway keys of a server that runs.
record GatewayKeys(Shell shell) implements Verb {
  private static final String PATH = "/api/gateway-keys";
  private static final String ACTIONS = "list|add|rotate|revoke";
  private static final String GROUPS = "--groups";
  private static final String LIMITS = "--limits";
  private static final String EXPIRES = "--expires";
  private static final String GRACE = "--grace";
  private static final Pattern LIMIT = Pattern.compile("([^=]+)=(none|[0-9]{1,18})");

  @Override
  public String name() {
    return "gateway-keys";
  }

  @Override
  public String summary() {
    return "List, issue, rotate and revoke gateway keys of a running server.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addPositional(positional(0, ACTIONS, "What to do; list, if nothing is said."));
    spec.addPositional(positional(1, "NAME", "The key's name."));
    spec.addOption(
        Remote.option(
            GROUPS, "GROUPS", "add: what it may do, provider,model&provider; * is everything."));
    spec.addOption(
        Remote.option(
            LIMITS, "LIMITS", "add: such as 'requests_per_minute=60 tokens_per_day=none'."));
    spec.addOption(Remote.option(EXPIRES, "SECONDS", "add: its last second, Unix time."));
    spec.addOption(
        Remote.option(GRACE, "SECONDS", "rotate: how long the old text still opens; 0."));
    Remote.describe(spec);
  }

  private static PositionalParamSpec positional(int place, String label, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index(Integer.toString(place))
        .arity("0..1")
        .type(String.class)
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var server = Remote.meant(given, shell, config);
    return server.isEmpty() ? Exit.FAILED : act(server.get(), given);
  }

  private int act(Remote server, ParseResult given) throws IOException {
    String action = given.matchedPositionalValue(0, "list");
    String name = given.matchedPositionalValue(1, "");
    if (action.equals("list")) {
      return list(server);
    }
    if (name.isEmpty()) {
      shell.err().println("Which key? " + name() + " " + action + " NAME");
      return Exit.WRONG_USAGE;
    }
    return switch (action) {
      case "add" -> add(server, name, given);
      case "rotate" -> rotate(server, name, given);
      case "revoke" -> revoke(server, name);
      // People type any word.
      default -> {
        shell.err().println("'" + action + "' is not known; allowed: " + ACTIONS);
        yield Exit.WRONG_USAGE;
      }
    };
  }

  private int list(Remote server) throws IOException {
    shell
        .out()
        .printf(
            "%-24s %-16s %-8s %12s %12s  %s%n", "name", "key", "state", "tokens", "usd", "may do");
    for (var key : server.ask("GET", PATH, Optional.empty()).path("items")) {
      var month = key.path("spent").path("month");
      shell
          .out()
          .printf(
              "%-24s %-16s %-8s %12d %12.4f  %s%n",
              Printable.of(key.path("name").asString()),
              key.path("key").asString(),
              key.path("enabled").asBoolean() ? "enabled" : "disabled",
              month.path("tokens").asLong(),
              month.path("cost_micros").asLong() / 1e6,
              key.path("groups").asString());
    }
    return Exit.DONE;
  }

  private int add(Remote server, String name, ParseResult given) throws IOException {
    var json = JsonMapper.shared().createObjectNode().put("name", name);
    text(given, GROUPS).ifPresent(groups -> json.put("groups", groups));
    seconds(given, EXPIRES).ifPresent(last -> json.put("expires_at", last));
    text(given, LIMITS).ifPresent(limits -> put(json.putObject("limits"), limits));
    return fresh(server.ask("POST", PATH, Optional.of(json)));
  }

  /// Names are the server's to judge.
  private static void put(ObjectNode json, String limits) {
    for (var limit : limits.strip().split("\\s+", -1)) {
      var parts = LIMIT.matcher(limit);
      if (!parts.matches()) {
        throw new WrongUsage(
            LIMITS + " has '" + Printable.of(limit) + "'; allowed: NAME=NUMBER, NAME=none");
      }
      var number = parts.group(2);
      json.put(parts.group(1), number.equals("none") ? null : Long.valueOf(number));
    }
  }

  private static Optional<Long> seconds(ParseResult given, String option) {
    var text = text(given, option);
    if (text.filter(number -> !number.matches("[0-9]{1,18}")).isPresent()) {
      throw new WrongUsage(
          option + " is '" + Printable.of(text.get()) + "'; allowed: a whole number of seconds");
    }
    return text.map(Long::valueOf);
  }

  private int rotate(Remote server, String name, ParseResult given) throws IOException {
    var json = JsonMapper.shared().createObjectNode();
    seconds(given, GRACE).ifPresent(grace -> json.put("grace_seconds", grace));
    var id = id(server, name);
    return fresh(server.ask("POST", PATH + "/" + id + "/rotate", Optional.of(json)));
  }

  private int revoke(Remote server, String name) throws IOException {
    server.ask("DELETE", PATH + "/" + id(server, name), Optional.empty());
    shell.out().println("Revoked " + name);
    return Exit.DONE;
  }

  private static String id(Remote server, String name) throws IOException {
    for (var key : server.ask("GET", PATH, Optional.empty()).path("items")) {
      if (key.path("name").asString().equals(name)) {
        return key.path("id").asString();
      }
    }
    throw new IOException("there is no gateway key named '" + name + "'");
  }

  private int fresh(JsonNode key) {
    shell.out().println(key.path("key").asString());
    shell
        .err()
        .println("This is the key of '" + key.path("name").asString() + "'; it is shown once.");
    return Exit.DONE;
  }

  private static Optional<String> text(ParseResult given, String option) {
    return Optional.ofNullable(given.matchedOptionValue(option, null));
  }
}
