package io.onebalance.route.body;

import io.onebalance.http.Percent;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the fields `model` and `stream` of a multipart form, stepping over its files without
/// looking at each byte.
///
/// Delimiters are also taken after a bare LF, as lenient servers do: so a part that only some
/// server would see is seen here too, and a second `model` is refused (F46).
final class MultipartModel {
  private static final int MOST_PARTS = 1000;
  private static final int LONGEST_HEAD = 8 << 10;
  private static final int LONGEST_BOUNDARY = 200;
  private static final String DISPOSITION = "content-disposition:";

  private final byte[] body;
  private final ByteSearch delimiter;
  private int named;
  private @Nullable Span at;
  private boolean stream;
  private @Nullable String fault;

  private MultipartModel(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = new ByteSearch(("\n--" + boundary).getBytes(StandardCharsets.UTF_8));
  }

  static Found find(String contentType, byte[] body) {
    var boundary = Parameters.only(contentType, "boundary");
    return boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY
        ? new Found.Foreign()
        : new MultipartModel(body, boundary).read(boundary);
  }

  private Found read(String boundary) {
    var part = afterFirstDelimiter(boundary);
    if (part < 0) {
      return new Found.Foreign();
    }
    for (var count = 0; part >= 0 && !closes(part); count++) {
      if (count == MOST_PARTS) {
        return new Found.Refused("the body has more than " + MOST_PARTS + " parts");
      }
      var next = delimiter.in(body, part);
      part(part, next < 0 ? body.length : next);
      part = next < 0 ? -1 : next + delimiter.length();
    }
    if (fault != null) {
      return new Found.Refused(fault);
    }
    if (named > 1) {
      return new Found.Refused("the body names \"model\" more than once");
    }
    return at == null ? new Found.Nameless(stream) : found(at);
  }

  private Found found(Span value) {
    var name = Percent.utf8(body, value.from(), value.to()).orElse("");
    return ModelName.found(name, value, Notation.PLAIN, stream);
  }

  /// The first delimiter may open the body, without a line before it.
  private int afterFirstDelimiter(String boundary) {
    var opening = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
    if (ByteSearch.startsWith(body, 0, opening)) {
      return opening.length;
    }
    var first = delimiter.in(body, 0);
    return first < 0 ? -1 : first + delimiter.length();
  }

  private boolean closes(int at) {
    return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
  }

  /// One part: the rest of the delimiter's line, header lines, an empty line, the content.
  private void part(int from, int to) {
    var line = lineEnd(from, to) + 1;
    var headEnd = Math.min(to, from + LONGEST_HEAD);
    var names = new HashSet<String>();
    var loose = false;
    while (line < headEnd) {
      var end = lineEnd(line, to);
      var text = text(line, end);
      loose |= !endsInOneReturn(line, end);
      line = end + 1;
      if (text.isEmpty()) {
        if (loose && names.contains("model")) {
          fault = "the header of the part that names the model has lines that do not end in CRLF";
        }
        content(names, Math.min(line, to), to);
        return;
      }
      if (text.regionMatches(true, 0, DISPOSITION, 0, DISPOSITION.length())) {
        names.addAll(Parameters.all(text, "name"));
      }
    }
    // What we do not read might be the model for other readers.
    if (line < to) {
      fault = "a part's header is longer than " + LONGEST_HEAD + " bytes";
    } else if (names.contains("model")) {
      fault = "the part that names the model has no content";
    }
  }

  /// Where lines end otherwise, readers differ on where the header does.
  private boolean endsInOneReturn(int from, int end) {
    return end > from && body[end - 1] == '\r' && (end - 1 == from || body[end - 2] != '\r');
  }

  private void content(Set<String> names, int from, int to) {
    var end = to > from && body[to - 1] == '\r' ? to - 1 : to;
    if (names.contains("model")) {
      named++;
      at = new Span(from, end);
    }
    if (names.contains("stream")) {
      stream = text(from, end).equals("true");
    }
  }

  private int lineEnd(int from, int to) {
    var i = from;
    while (i < to && body[i] != '\n') {
      i++;
    }
    return i;
  }

  private String text(int from, int to) {
    var end = Math.min(to, from + LONGEST_HEAD);
    return new String(body, from, Math.max(0, end - from), StandardCharsets.UTF_8).strip();
  }
}
