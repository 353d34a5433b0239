package io.onebalance.sync;

import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One round: what one place has is brought to another, in pieces, each tried again where that may
/// help. What fails is told and counted, and the rest goes on.
public final class Sync {
  private static final int TRIES = 5;
  private static final int MOST_LOST_IN_A_ROW = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /// How somebody waits.
  @FunctionalInterface
  public interface Pause {
    void rest(Duration time) throws InterruptedException;
  }

  /// Which keys go, and under which names.
  public record Terms(Names names, Predicate<Carried> wanted, boolean dry) {}

  private final Terms terms;
  private final Pause pause;
  private final Consumer<String> told;

  /// `told` hears a line for each key that changes or fails, and none of the keys.
  public Sync(Terms terms, Pause pause, Consumer<String> told) {
    this.terms = terms;
    this.pause = pause;
    this.told = told;
  }

  /// Fails where the source cannot be read at all.
  public Report run(Place source, Place target) throws IOException, InterruptedException {
    var reading = trying(source::read);
    var report = Report.NOTHING;
    for (var flaw : reading.flaws()) {
      told.accept("! " + flaw);
      report = report.flawed();
    }
    var keys = wanted(reading.keys());
    var lost = 0;
    for (var from = 0; from < keys.size(); from += target.atOnce()) {
      var piece = keys.subList(from, (int) Math.min(keys.size(), 0L + from + target.atOnce()));
      var end = lost < MOST_LOST_IN_A_ROW ? brought(target, piece) : notTried(piece);
      lost = end.isLost() ? lost + 1 : 0;
      report = tell(piece, end.fates(), report);
    }
    return report;
  }

  /// Each once, by the names of here; of what is told twice, the first counts.
  private List<Carried> wanted(List<Carried> keys) {
    var wanted = new LinkedHashMap<String, Carried>();
    for (var key : keys) {
      var named = terms.names().of(key);
      if (terms.wanted().test(named)) {
        wanted.putIfAbsent(named.identity(), named);
      }
    }
    return List.copyOf(wanted.values());
  }

  /// How a piece ended. It `isLost` where the target took it not at all; one that says of each key
  /// why it refuses it is there, and may take the next ones.
  private record End(List<Fate> fates, boolean isLost) {}

  private End brought(Place target, List<Carried> piece) throws InterruptedException {
    try {
      var fates = trying(() -> target.bring(piece, terms.dry()));
      var odd = target.name() + " told of another number of keys than it was brought";
      return new End(fates.size() == piece.size() ? fates : failed(piece, odd), false);
    } catch (IOException trouble) {
      return new End(failed(piece, String.valueOf(trouble.getMessage())), true);
    }
  }

  private static List<Fate> failed(List<Carried> piece, String why) {
    return piece.stream().<Fate>map(_ -> new Fate.Failed(why)).toList();
  }

  private static End notTried(List<Carried> piece) {
    return new End(failed(piece, "not tried any more after those before it failed"), true);
  }

  private Report tell(List<Carried> piece, List<Fate> fates, Report before) {
    var keys = piece.stream().map(Carried::key).toArray(Secret[]::new);
    var report = before;
    for (var i = 0; i < piece.size(); i++) {
      line(piece.get(i), fates.get(i)).map(line -> Scrub.scrub(line, keys)).ifPresent(told);
      report = report.and(fates.get(i));
    }
    return report;
  }

  private static Optional<String> line(Carried key, Fate fate) {
    var who = key.provider() + " " + key.key().masked();
    return switch (fate) {
      case Fate.Added() -> Optional.of("+ " + who + words(key));
      case Fate.Changed(var fields) -> Optional.of("~ " + who + ": " + String.join(", ", fields));
      case Fate.Same() -> Optional.empty();
      case Fate.Skipped(var why) -> Optional.of("- " + who + ": " + why);
      case Fate.Failed(var why) -> Optional.of("! " + who + ": " + why);
    };
  }

  /// What it brings along.
  private static String words(Carried key) {
    var words = new ArrayList<String>();
    if (!key.remark().isEmpty()) {
      words.add("remark");
    }
    key.blocked().ifPresent(_ -> words.add("blocked"));
    if (!key.rests().isEmpty()) {
      words.add("cooling");
    }
    return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
  }

  private interface Work<T> {
    T done() throws IOException;
  }

  private <T> T trying(Work<T> work) throws IOException, InterruptedException {
    var rest = FIRST_PAUSE;
    for (var tried = 1; ; tried++) {
      try {
        return work.done();
      } catch (Refusal refused) {
        throw refused;
      } catch (IOException trouble) {
        if (tried == TRIES) {
          throw trouble;
        }
        pause.rest(rest);
        rest = rest.multipliedBy(2);
      }
    }
  }
}
