package io.onebalance.cli;

import io.onebalance.cli.Simulating.Picture;
import io.onebalance.cli.Simulating.Told;
import io.onebalance.cli.Simulating.Unfit;
import io.onebalance.cli.Simulating.Wish;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.TextTable;
import io.onebalance.cli.shell.Verb;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `simulate`: plays a scenario in virtual time, with our policy and with others.
record Simulate(Shell shell, Simulating simulating) implements Verb {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)\\s*%?");

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String summary() {
    return "Play a scenario of keys, quotas and load in virtual time.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .description("The scenario, YAML; docs/scheduling.md tells what it may say.")
            .build());
    spec.addOption(
        OptionSpec.builder("--policy")
            .paramLabel("NAME")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "ours, one-balance, one-balance-isolates, thebalance or round-robin; may be"
                    + " repeated. Usual: ours.")
            .build());
    spec.addOption(
        OptionSpec.builder("--seed")
            .paramLabel("N")
            .type(Long.class)
            .description("Chance begins with it, instead of the file's seed.")
            .build());
    spec.addOption(Remote.option("--chart", "FILE", "Write a picture: FILE.svg or FILE.html."));
    spec.addOption(
        Remote.option("--need", "PERCENT", "Tell how many keys serve so many of the requests."));
    spec.addOption(
        Remote.option(
            "--replay", "FILE", "Play a request log instead of the load: CSV of /api/requests."));
    spec.addOption(
        OptionSpec.builder("--time").description("Tell also what a choice takes here.").build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws IOException {
    try {
      var chart = Optional.<String>ofNullable(given.matchedOptionValue("--chart", null));
      var told = simulating.simulate(wish(given, picture(chart)));
      print(told);
      if (chart.isPresent()) {
        Files.writeString(path(chart.get()), told.picture());
        shell.out().println("The picture is in " + chart.get() + ".");
      }
      return Exit.DONE;
    } catch (Unfit unfit) {
      shell.err().println(unfit.getMessage());
      return Exit.WRONG_USAGE;
    }
  }

  private Wish wish(ParseResult given, Picture picture) throws Unfit, IOException {
    String file = given.matchedPositionalValue(0, "");
    Optional<String> replay = Optional.ofNullable(given.matchedOptionValue("--replay", null));
    Long seed = given.matchedOptionValue("--seed", null);
    List<String> policies = given.matchedOptionValue("--policy", List.of("ours"));
    return new Wish(
        text(file),
        replay.isEmpty() ? Optional.empty() : Optional.of(text(replay.get())),
        policies,
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        need(given),
        picture,
        given.hasMatchedOption("--time"));
  }

  private static Optional<Double> need(ParseResult given) throws Unfit {
    String text = given.matchedOptionValue("--need", "");
    var percent = PERCENT.matcher(text);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!percent.matches() || Double.parseDouble(percent.group(1)) > 100) {
      throw new Unfit("--need is " + text + "; allowed: a percentage up to 100 such as 99.9%");
    }
    return Optional.of(Double.parseDouble(percent.group(1)) / 100);
  }

  private static Picture picture(Optional<String> chart) throws Unfit {
    if (chart.isEmpty()) {
      return Picture.NONE;
    }
    if (chart.get().endsWith(".svg")) {
      return Picture.SVG;
    }
    if (chart.get().endsWith(".html")) {
      return Picture.HTML;
    }
    throw new Unfit("--chart is " + chart.get() + "; allowed: a file that ends in .svg or .html");
  }

  private String text(String file) throws Unfit, IOException {
    try {
      return Files.readString(path(file));
    } catch (NoSuchFileException _) {
      throw new Unfit("there is no file " + file);
    } catch (CharacterCodingException _) {
      throw new Unfit(file + " is no text in UTF-8");
    }
  }

  private Path path(String file) {
    return shell.directory().resolve(file);
  }

  private void print(Told told) {
    var table = new TextTable(1);
    told.table().forEach(table::add);
    shell.out().print(table.text());
    told.remarks().forEach(shell.out()::println);
  }
}
