package io.onebalance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A part of a page of `docs` that a bench writes, between two marks. The rest of the page stays as
/// it is.
public record PageSection(Path page, String name) {
  /// Puts this in place of what was there; a page that has no such part yet gets it at its end.
  public void write(String text) throws IOException {
    var begin = "<!-- " + name + ":begin -->";
    var end = "<!-- " + name + ":end -->";
    var whole = Files.readString(page);
    var from = whole.indexOf(begin);
    var to = whole.indexOf(end);
    if (from < 0 != to < 0 || to < from) {
      throw new IOException(page + " has one of the marks of " + name + " without the other");
    }
    var before = from < 0 ? whole.stripTrailing() + "\n\n" : whole.substring(0, from);
    var after = from < 0 ? "\n" : whole.substring(to + end.length());
    var written = before + begin + "\n\n" + text.strip() + "\n\n" + end + after;
    Files.write(page, written.getBytes(UTF_8));
  }
}
