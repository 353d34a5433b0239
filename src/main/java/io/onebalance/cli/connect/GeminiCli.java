package io.onebalance.cli.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Gemini CLI: variables, which it also takes from a `.env` of its own, and a setting that says
/// that it signs in by key.
record GeminiCli() implements Client {
  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public String lines(Target target) {
    return variables(target, "\"$AUTH_KEY\"").entrySet().stream()
        .map(variable -> "export " + variable.getKey() + "=" + variable.getValue() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public List<Change> changes(Home home, Target target) {
    var folder = home.directory().resolve(".gemini");
    var variables = variables(target, target.key().reveal());
    return List.of(
        new Change(
            folder.resolve("settings.json"),
            text ->
                JsonText.edit(
                    text,
                    root ->
                        root.withObjectProperty("security")
                            .withObjectProperty("auth")
                            .put("selectedType", "gemini-api-key"))),
        new Change(folder.resolve(".env"), text -> Optional.of(DotEnvText.edit(text, variables))));
  }

  private static Map<String, String> variables(Target target, String key) {
    var all = new LinkedHashMap<String, String>();
    all.put("GOOGLE_GEMINI_BASE_URL", target.url() + "/api/compat");
    all.put("GEMINI_API_KEY", key);
    target.model().ifPresent(model -> all.put("GEMINI_MODEL", model));
    return all;
  }
}
