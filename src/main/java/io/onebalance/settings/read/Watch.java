package io.onebalance.settings.read;

import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Notices when a file that settings come from changes, and reads them again. It has no clock:
/// somebody calls [#check] every second, and [#reread] when told to. Safe for several threads; the
/// listener is called by one at a time.
///
/// A file that is being written looks like one that is short or empty. So a change counts only when
/// the files look at one check as they did at the one before, and still do when they were read.
public final class Watch {
  private final SettingsReader reader;
  private final Predicate<Reload> listener;
  private final Loaded started;
  private Loaded inForce;
  private List<Stamp> seen;
  private List<Stamp> settling;

  /// `started` is what the program was started with: what waits for a restart is told by it. The
  /// listener says whether it took what it was told of; what it did not take is not in force.
  public Watch(SettingsReader reader, Loaded started, Predicate<Reload> listener) {
    this.reader = reader;
    this.listener = listener;
    this.started = started;
    inForce = started;
    seen = stamps(started.files());
    settling = seen;
  }

  /// Reads the settings again if a file was changed, made or removed since it was last read, and
  /// rests since the last check.
  public synchronized void check() {
    var now = stamps(inForce.files());
    var rests = now.equals(settling);
    settling = now;
    if (rests && !now.equals(seen)) {
      reread();
    }
  }

  /// Reads the settings again, whatever the files look like. Where they change while they are read,
  /// a later check reads them.
  public synchronized void reread() {
    var before = stamps(inForce.files());
    var reload = read();
    if (stamps(inForce.files()).equals(before)) {
      seen = before;
      tell(reload);
    }
  }

  private Reload read() {
    try {
      return compare(reader.read());
    } catch (BadSettings bad) {
      return new Reload.Refused(bad);
    }
  }

  private Reload compare(Loaded now) {
    var changed = now.changedSince(inForce);
    return changed.isEmpty()
        ? new Reload.Same()
        : new Reload.Applied(now, changed, now.waitingForRestart(started));
  }

  private void tell(Reload reload) {
    if (listener.test(reload) && reload instanceof Reload.Applied(var now, _, _)) {
      if (!now.files().equals(inForce.files())) {
        seen = stamps(now.files());
        settling = seen;
      }
      inForce = now;
    }
  }

  /// What a file looks like from outside; empty where there is none.
  private record Stamp(Path file, Optional<FileTime> changed, long size) {}

  private static List<Stamp> stamps(List<Path> files) {
    return files.stream().map(Watch::stamp).toList();
  }

  private static Stamp stamp(Path file) {
    try {
      return new Stamp(file, Optional.of(Files.getLastModifiedTime(file)), Files.size(file));
    } catch (IOException absent) {
      return new Stamp(file, Optional.empty(), 0);
    }
  }
}
