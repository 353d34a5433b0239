package io.onebalance.settings.read;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Held;
import io.onebalance.settings.Problem;
import io.onebalance.settings.Show;
import io.onebalance.settings.Source;
import io.onebalance.settings.read.Given.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes settings one by one: what was given, understood, or else the default. What cannot be
/// understood becomes a problem, and its default stands in so that the rest is checked too.
final class Values {
  private final Given given;
  private final List<Problem> problems;
  private final List<Held> held = new ArrayList<>();

  Values(Given given, List<Problem> problems) {
    this.given = given;
    this.problems = problems;
  }

  <T> T take(Setting<T> setting) {
    var found = given.find(setting);
    var value = found.flatMap(it -> understood(setting, it)).orElseGet(setting::byDefault);
    keep(setting, value, found.map(Found::source).orElseGet(Source.Default::new));
    return value;
  }

  /// A gateway key that this program keeps in a file counts where none was given.
  Optional<Secret> takeAuthKey(Optional<Secret> kept, String file) {
    var given = take(Table.AUTH_KEY);
    if (given.isPresent() || kept.isEmpty()) {
      return given;
    }
    held.removeLast();
    keep(Table.AUTH_KEY, kept, new Source.Kept(file));
    return kept;
  }

  /// Where a setting stands, for messages about it.
  Source source(Setting<?> setting) {
    return given.find(setting).map(Found::source).orElseGet(Source.Default::new);
  }

  void complain(Setting<?> setting, String what) {
    var source = source(setting);
    problems.add(new Problem(source.where(), label(setting, source) + " " + what));
  }

  List<Held> held() {
    return held;
  }

  private <T> Optional<T> understood(Setting<T> setting, Found found) {
    var value = setting.kind().read(found.tree());
    if (value.isEmpty()) {
      var shown = setting.hidden() ? "not usable" : Show.tree(found.tree());
      complain(setting, "is " + shown + "; allowed: " + setting.kind().allowed());
    }
    return value;
  }

  private void keep(Setting<?> setting, Object value, Source source) {
    held.add(new Held(setting.name(), value, source, setting.restart(), setting.hidden()));
  }

  /// The name a setting has where it stands.
  static String label(Setting<?> setting, Source source) {
    return switch (source) {
      case Source.Environment(var name) -> name;
      case Source.DotEnv(_, _, var name) -> name;
      case Source.Yaml _, Source.Kept _, Source.Default _ -> setting.name();
    };
  }
}
