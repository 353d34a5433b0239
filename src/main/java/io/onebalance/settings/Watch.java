package io.onebalance.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Notices when a file that settings come from changes, and reads them again. It has no clock:
/// somebody calls [#check] every second, and [#reread] when told to. Safe for several threads; the
/// listener is called by one at a time.
public final class Watch {
  private final SettingsReader reader;
  private final Consumer<Reload> listener;
  private final Loaded started;
  private Loaded inForce;
  private List<Stamp> seen;

  /// `started` is what the program was started with: what waits for a restart is told by it.
  public Watch(SettingsReader reader, Loaded started, Consumer<Reload> listener) {
    this.reader = reader;
    this.listener = listener;
    this.started = started;
    inForce = started;
    seen = stamps(started.files());
  }

  /// Reads the settings again if a file was changed, made or removed since it was last read.
  public synchronized void check() {
    if (!stamps(inForce.files()).equals(seen)) {
      reread();
    }
  }

  /// Reads the settings again, whatever the files look like.
  public synchronized void reread() {
    // Stamped before reading: what changes meanwhile is noticed at the next check.
    seen = stamps(inForce.files());
    listener.accept(read());
  }

  private Reload read() {
    try {
      return apply(reader.read());
    } catch (BadSettings bad) {
      return new Reload.Refused(bad);
    }
  }

  private Reload apply(Loaded now) {
    var changed = now.changedSince(inForce);
    if (!now.files().equals(inForce.files())) {
      seen = stamps(now.files());
    }
    inForce = now;
    return changed.isEmpty()
        ? new Reload.Same()
        : new Reload.Applied(now, changed, now.waitingForRestart(started));
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
