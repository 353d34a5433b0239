package io.onebalance.route.body;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The header of one part of a multipart form: the names that readers may find in it. It is read
/// strictly: where a lenient reader would see other lines than a strict one, there is a fault.
final class PartHead {
  static final int LONGEST = 8 << 10;

  private static final String DISPOSITION = "content-disposition";

  private final byte[] body;
  private final int to;
  private final int most;
  private final Set<String> names = new HashSet<>();
  private int at;
  private @Nullable String fault;

  /// `from` stands right behind the words of the part's delimiter, `to` where the part ends.
  PartHead(byte[] body, int from, int to) {
    this.body = body;
    this.to = to;
    this.at = from;
    this.most = Math.min(to, from + LONGEST);
    read();
  }

  /// Whether this is its name.
  boolean isNamed(String name) {
    return names.contains(name);
  }

  /// Where the content begins.
  int end() {
    return at;
  }

  /// Why readers may differ about this part.
  @Nullable String fault() {
    return fault;
  }

  private void read() {
    if (!line().isBlank()) {
      fault = "a delimiter has something behind it on its line";
    }
    while (fault == null && at < most) {
      var line = line();
      if (line.isEmpty()) {
        return;
      }
      field(line);
    }
    if (fault == null && at < to) {
      tooLong();
    } else if (fault == null && names.contains("model")) {
      fault = "the part that names the model has no content";
    }
  }

  /// What we do not read might be the model for other readers.
  private void tooLong() {
    fault = "a part's header is longer than " + LONGEST + " bytes";
  }

  private void field(String line) {
    var colon = line.indexOf(':');
    if (line.startsWith(" ") || line.startsWith("\t")) {
      fault = "a line of a part's header goes on in the next";
    } else if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(DISPOSITION)) {
      names.addAll(Parameters.all(line, "name"));
      if (names.size() > 1 || Parameters.isExtended(line, "name")) {
        fault = "a part has more than one name, or one that is written as name*";
      }
    }
  }

  /// The next line, without the CRLF that must end it: after any other line end, readers differ on
  /// what is a line.
  private String line() {
    var from = at;
    while (at < most && body[at] != '\n') {
      at++;
    }
    var isWhole = at < most;
    var text = new String(body, from, at - from, StandardCharsets.UTF_8);
    at += isWhole ? 1 : 0;
    var line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (!isWhole && most < to) {
      tooLong();
    } else if (line.indexOf('\r') >= 0 || (isWhole && line.equals(text))) {
      fault = "a part's header has lines that do not end in CRLF";
    }
    return line;
  }
}
