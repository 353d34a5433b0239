package io.onebalance.cli.usage;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `usage`: shows what a running server carried and what it cost.
public record Usage(Shell shell) implements Verb {
  private static final String CSV = "--csv";
  private static final String USUAL_BY = "provider,model";
  private static final String GATEWAY_KEY = "gateway_key";

  /// Options that are parameters of the API under the same name.
  private static final List<OptionSpec> PARAMETERS =
      List.of(
          Remote.option(
              "--from",
              "TIME",
              "From then on: 2026-11-21, 2026-11-21T08:00:00Z or Unix seconds. Usual: 30 days"
                  + " ago; by hour 7 days, by minute an hour."),
          Remote.option("--to", "TIME", "Before then. Usual: now."),
          Remote.option(
              "--by",
              "WORDS",
              "One or two of provider, model, gateway_key, key, status, day, hour, minute. Usual: "
                  + USUAL_BY
                  + "."),
          Remote.option("--provider", "NAME", "Only this provider."),
          Remote.option("--model", "NAME", "Only this model."),
          Remote.option("--gateway-key", "ID", "Only this gateway key."),
          Remote.option("--key", "ID", "Only this key."),
          Remote.option(
              "--status", "WORDS", "Only what ended so: 2xx, 4xx, 5xx, cut, left, or error."),
          Remote.option("--limit", "N", "At most so many rows."));

  @Override
  public String name() {
    return "usage";
  }

  @Override
  public String summary() {
    return "Show requests, tokens and cost of a running server.";
  }

  @Override
  public void describe(CommandSpec spec) {
    PARAMETERS.forEach(option -> spec.addOption(OptionSpec.builder(option).build()));
    spec.addOption(OptionSpec.builder(CSV).description("As CSV.").build());
    Remote.describe(spec);
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var remote = Remote.meant(given, shell, config);
    if (remote.isEmpty()) {
      return Exit.FAILED;
    }
    shell.out().print(told(remote.get(), given));
    return Exit.DONE;
  }

  private static String told(Remote remote, ParseResult given) throws IOException {
    var path = "/api/usage?" + query(given) + "&format=";
    return given.hasMatchedOption(CSV)
        ? remote.text(path + "csv")
        : table(remote, List.of(by(given).split(",", -1)), path + "json");
  }

  private static String table(Remote remote, List<String> by, String path) throws IOException {
    var usage = remote.ask("GET", path, Optional.empty());
    var names = by.contains(GATEWAY_KEY) ? names(remote) : Map.<String, String>of();
    return new UsageTable(by, names).of(usage);
  }

  /// Of gateway keys by their ids. Those that were revoked have none any more.
  private static Map<String, String> names(Remote remote) throws IOException {
    var names = new HashMap<String, String>();
    var keys = remote.ask("GET", "/api/gateway-keys", Optional.empty()).path("items");
    for (var key : keys.values()) {
      names.put(key.path("id").asString(""), key.path("name").asString(""));
    }
    return names;
  }

  private static String query(ParseResult given) {
    var parameters =
        PARAMETERS.stream()
            .map(OptionSpec::longestName)
            .filter(given::hasMatchedOption)
            .map(name -> parameter(name, given.matchedOptionValue(name, "")))
            .collect(Collectors.joining("&"));
    return given.hasMatchedOption("--by") ? parameters : parameters + "&by=" + by(given);
  }

  /// Sums of keys are not kept by model.
  private static String by(ParseResult given) {
    return given.matchedOptionValue(
        "--by", given.hasMatchedOption("--key") ? "provider" : USUAL_BY);
  }

  /// `key` in a query would be taken for a gateway key.
  private static String parameter(String option, String value) {
    return (option.equals("--key") ? "key_id" : option.substring(2).replace('-', '_'))
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
