package io.onebalance.settings.read;

import io.onebalance.settings.Problem;
import io.onebalance.settings.Show;
import io.onebalance.settings.Source;
import io.onebalance.settings.file.Tree;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the operator gave, before it is understood: the environment over `.env` over the YAML file.
/// Blank values count as not given: that is how compose files pass on what is unset.
final class Given {
  /// Names that a `.env` may hold for others: the seeds' own, and the choice of the YAML file.
  private static final Set<String> OTHERS =
      Set.of(
          "ONE_BALANCE_CONFIG",
          "CLOUDFLARE_API_TOKEN",
          "IS_LOCAL",
          "RUST_LOG",
          "THE_ONE_AUTH_KEY",
          "THE_ONE_WORKER_URL",
          "JAVA_HOME",
          "JAVA_OPTS");

  private final Map<String, String> environment;
  private final Map<String, Found> lines = new LinkedHashMap<>();
  private final Map<String, Found> entries = new LinkedHashMap<>();
  private final List<Problem> problems;

  /// Complaints about names that nobody knows go to `problems`.
  Given(Map<String, String> environment, List<Problem> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /// A value and where it stands.
  record Found(Tree tree, Source source) {}

  void addDotEnv(String file, Map<String, Tree.Leaf> values) {
    var known = Table.ALL.stream().map(Setting::env).collect(Collectors.toCollection(HashSet::new));
    known.remove("");
    known.addAll(OTHERS);
    values.forEach((name, leaf) -> {
      if (!known.contains(name)) {
        complain(file, leaf.line(), name, known);
      }
      lines.put(name, new Found(leaf, new Source.DotEnv(file, leaf.line(), name)));
    });
  }

  void addYaml(String file, Tree.Branch top) {
    var names = Table.ALL.stream().map(Setting::name).toList();
    addBranch(file, "", top, names);
  }

  private void addBranch(String file, String prefix, Tree.Branch branch, List<String> names) {
    branch
        .entries()
        .forEach((word, tree) -> {
          var name = prefix + word;
          if (names.contains(name)) {
            entries.put(name, new Found(tree, new Source.Yaml(file, tree.line())));
          } else if (names.stream().anyMatch(known -> known.startsWith(name + "."))) {
            addGroup(file, name, tree, names);
          } else {
            complain(file, tree.line(), name, names);
          }
        });
  }

  private void addGroup(String file, String name, Tree tree, List<String> names) {
    if (tree instanceof Tree.Branch group) {
      addBranch(file, name + ".", group, names);
    } else if (!tree.isBlank()) {
      var members = names.stream().filter(known -> known.startsWith(name + ".")).toList();
      problems.add(
          new Problem(
              Source.at(file, tree.line()),
              name + " is a group; allowed in it: " + String.join(", ", members)));
    }
  }

  private void complain(String file, int line, String name, Collection<String> known) {
    var what = "'" + Show.text(name) + "' is not a setting" + Nearest.hint(name, known);
    problems.add(new Problem(Source.at(file, line), what));
  }

  Optional<Found> find(Setting<?> setting) {
    return fromEnvironment(setting.env())
        .or(() -> given(lines.get(setting.env())))
        .or(() -> given(entries.get(setting.name())));
  }

  /// A variable that chooses files rather than being a setting, from the environment or `.env`.
  Optional<String> variable(String name) {
    return fromEnvironment(name)
        .or(() -> given(lines.get(name)))
        .map(found -> String.valueOf(found.tree().plain()));
  }

  private Optional<Found> fromEnvironment(String name) {
    return given(
        environment.containsKey(name)
            ? new Found(
                new Tree.Leaf(environment.getOrDefault(name, ""), 0), new Source.Environment(name))
            : null);
  }

  private static Optional<Found> given(@Nullable Found found) {
    return Optional.ofNullable(found).filter(it -> !it.tree().isBlank());
  }
}
