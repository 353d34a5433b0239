package io.onebalance.settings.read;

import java.util.Map;
import java.util.regex.Pattern;

/// A settings file for people to start from: every setting with its meaning, commented out, with
/// its default. It comes from the table that the reader uses, so it cannot tell another story.
public final class CommentedYaml {
  private static final String HEAD =
      """
      # Settings of One Balance. Lines that begin with '#' are off; they show the defaults.
      # The environment beats .env, .env beats this file. Changes are noticed while serving.
      # Secrets are better kept in .env.
      """;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9./_-]*");

  /// What a map looks like, for the settings that are maps.
  private static final Map<String, String> EXAMPLES =
      Map.of(
          Table.LIMITS_DEFAULT.name(),
          """
            #  requests-per-minute: 60
            #  tokens-per-minute: 200000
            #  concurrent: 16
            #  usd-per-day: 5
            #  usd-per-month: 50
          """,
          Table.LIMITS_KEYS.name(),
          """
            #  key-1: {requests-per-minute: none, tokens-per-day: 1000000, tokens-per-month: none}
          """,
          Table.PROVIDERS.name(),
          """
          #  mine:
          #    base-url: https://api.example/v1
          #    dialect: openai
          """,
          Table.PRICES.name(),
          """
          #  openai:
          #    models:
          #      gpt-4o: {input: 2.5, cached: 1.25, output: 10}
          #  google-ai-studio: free
          """,
          Table.MODELS.name(),
          """
          #  fast: [google-ai-studio/gemini-2.5-flash, openai/gpt-4o-mini]
          #  claude-*haiku*: google-ai-studio/gemini-2.5-flash
          """);

  private final StringBuilder out = new StringBuilder(HEAD);
  private String group = "";

  private CommentedYaml() {}

  public static String text() {
    var yaml = new CommentedYaml();
    Table.ALL.forEach(yaml::add);
    return yaml.out.toString();
  }

  private void add(Setting<?> setting) {
    var dot = setting.name().indexOf('.');
    enter(dot < 0 ? "" : setting.name().substring(0, dot));
    var indent = dot < 0 ? "" : "  ";
    out.append(dot < 0 ? "\n" : "");
    out.append(indent).append("# ").append(setting.meaning()).append(notes(setting)).append('\n');
    var line = setting.name().substring(dot + 1) + ": " + quoted(setting.fallback());
    out.append(indent).append('#').append(line.strip()).append('\n');
    out.append(EXAMPLES.getOrDefault(setting.name(), ""));
  }

  /// A group's own line is not commented out: an empty group sets nothing, and one line less is to
  /// be changed.
  private void enter(String now) {
    if (!now.isEmpty() && !now.equals(group)) {
      out.append('\n').append(now).append(":\n");
    }
    group = now;
  }

  private static String notes(Setting<?> setting) {
    var env = setting.env().isEmpty() ? "" : " (" + setting.env() + ")";
    return setting.restart() ? env + " A change waits for a restart." : env;
  }

  private static String quoted(String value) {
    return value.isEmpty() || PLAIN.matcher(value).matches() ? value : "'" + value + "'";
  }
}
