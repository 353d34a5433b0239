package io.onebalance.dialect;

import java.util.ArrayList;
import java.util.List;

/// Positions in a text, in bytes of UTF-8 and in characters (code points). The text itself is not
/// kept, only how many characters of one width follow each other; where they change all the time,
/// positions are only about right from some point on. Confined to one thread.
public final class Places {
  private static final int MOST = 50_000;

  private record Run(int width, int characters) {}

  private final List<Run> runs = new ArrayList<>();
  private int characters;

  /// The text goes on with this.
  public void add(String text) {
    text.codePoints().forEach(this::add);
  }

  private void add(int character) {
    characters++;
    var width = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    var last = runs.isEmpty() ? new Run(0, 0) : runs.getLast();
    if (last.width == width || runs.size() == MOST) {
      runs.set(runs.size() - 1, new Run(last.width, last.characters + 1));
    } else {
      runs.add(new Run(width, 1));
    }
  }

  /// How long the text is, in characters.
  public int characters() {
    return characters;
  }

  /// The characters before this byte.
  public int charactersAt(int bytes) {
    var before = 0;
    var left = bytes;
    for (var run : runs) {
      var here = Math.min(run.characters, Math.max(0, left) / run.width);
      before += here;
      left -= run.characters * run.width;
    }
    return before;
  }

  /// The bytes before this character.
  public int bytesAt(int position) {
    var before = 0;
    var left = position;
    for (var run : runs) {
      before += Math.clamp(left, 0, run.characters) * run.width;
      left -= run.characters;
    }
    return before;
  }
}
