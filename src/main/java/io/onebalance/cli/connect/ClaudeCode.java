package io.onebalance.cli.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Claude Code: variables, which it also takes from the `env` of its settings. It asks three kinds
/// of models by names of its own; a model that is given stands for all of them.
record ClaudeCode() implements Client {
  private static final List<String> MODELS =
      List.of(
          "ANTHROPIC_MODEL",
          "ANTHROPIC_DEFAULT_OPUS_MODEL",
          "ANTHROPIC_DEFAULT_SONNET_MODEL",
          "ANTHROPIC_DEFAULT_HAIKU_MODEL");

  @Override
  public String name() {
    return "claude";
  }

  @Override
  public String lines(Target target) {
    return variables(target, "\"$AUTH_KEY\"").entrySet().stream()
        .map(variable -> "export " + variable.getKey() + "=" + variable.getValue() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public List<Change> changes(Home home, Target target) {
    var file = home.folder("CLAUDE_CONFIG_DIR", ".claude").resolve("settings.json");
    var variables = variables(target, target.key().reveal());
    // A key of Anthropic's own beside ours would go before it.
    return List.of(
        new Change(
            file,
            text ->
                JsonText.edit(
                    text,
                    root -> {
                      var env = root.withObjectProperty("env");
                      env.remove("ANTHROPIC_API_KEY");
                      variables.forEach(env::put);
                    })));
  }

  private static Map<String, String> variables(Target target, String key) {
    var all = new LinkedHashMap<String, String>();
    all.put("ANTHROPIC_BASE_URL", target.url() + "/api/compat");
    all.put("ANTHROPIC_AUTH_TOKEN", key);
    target.model().ifPresent(model -> MODELS.forEach(name -> all.put(name, model)));
    return all;
  }
}
