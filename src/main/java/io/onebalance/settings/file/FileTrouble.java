package io.onebalance.settings.file;

/// A file that cannot be read as what it should be, with the line where it goes wrong.
public final class FileTrouble extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  FileTrouble(int line, String message) {
    super(message);
    this.line = line;
  }

  /// The line, counted from 1; 0 where the whole file is meant.
  public int line() {
    return line;
  }
}
