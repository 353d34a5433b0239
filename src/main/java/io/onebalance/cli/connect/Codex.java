package io.onebalance.cli.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Codex: a provider in its `config.toml`. It takes the key from the environment only, so that no
/// secret is written.
record Codex() implements Client {
  private static final String PROVIDER = "one-balance";

  @Override
  public String name() {
    return "codex";
  }

  @Override
  public String lines(Target target) {
    return "# ~/.codex/config.toml; the key comes from the environment: export AUTH_KEY=…\n"
        + edited("", target);
  }

  @Override
  public List<Change> changes(Home home, Target target) {
    var file = home.folder("CODEX_HOME", ".codex").resolve("config.toml");
    return List.of(new Change(file, text -> Optional.of(edited(text, target))));
  }

  @Override
  public Stream<String> left() {
    return Stream.of("Codex takes the key from the environment: export AUTH_KEY=…");
  }

  private static String edited(String text, Target target) {
    var top = new LinkedHashMap<String, String>();
    target.model().ifPresent(model -> top.put("model", model));
    top.put("model_provider", PROVIDER);
    var provider = new LinkedHashMap<String, String>();
    provider.put("name", "One Balance");
    provider.put("base_url", target.url() + "/v1");
    provider.put("env_key", "AUTH_KEY");
    provider.put("wire_api", "responses");
    return TomlText.edit(text, Map.copyOf(top), "model_providers." + PROVIDER, provider);
  }
}
