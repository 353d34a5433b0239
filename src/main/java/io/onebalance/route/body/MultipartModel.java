package io.onebalance.route.body;

import io.onebalance.http.Percent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Finds the fields `model` and `stream` of a multipart form, stepping over its files without
/// looking at each byte.
///
/// Delimiters are also taken after a bare LF, as lenient servers do: so a part that only some
/// server would see is seen here too, and a second `model` is refused (F46). So is a form in which
/// a delimiter stands where only some readers look for one.
final class MultipartModel {
  private static final int MOST_PARTS = 1000;
  private static final int LONGEST_BOUNDARY = 200;

  private final byte[] body;
  private final ByteSearch mark;
  private int named;
  private @Nullable Span at;
  private boolean stream;
  private @Nullable String fault;

  private MultipartModel(byte[] body, String boundary) {
    this.body = body;
    this.mark = new ByteSearch(("--" + boundary).getBytes(StandardCharsets.UTF_8));
  }

  static Found find(String contentType, byte[] body) {
    var boundary = Parameters.only(contentType, "boundary");
    return boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY
        ? new Found.Foreign()
        : new MultipartModel(body, boundary).read();
  }

  private Found read() {
    var first = first();
    if (first < 0) {
      return new Found.Foreign();
    }
    parts(first);
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

  /// Where the first delimiter is. Before it there may be a preamble, but readers differ on whether
  /// a delimiter within one of its lines counts.
  private int first() {
    var first = mark.in(body, 0);
    if (first > 0 && body[first - 1] != '\n') {
      fault = "the boundary stands within a line before the first part";
    }
    return first;
  }

  private void parts(int first) {
    var delimiter = first;
    for (var count = 0; delimiter >= 0 && fault == null; count++) {
      var from = delimiter + mark.length();
      if (closes(from)) {
        epilogue(from);
        return;
      }
      if (count == MOST_PARTS) {
        fault = "the body has more than " + MOST_PARTS + " parts";
        return;
      }
      delimiter = next(from);
      part(from, delimiter < 0 ? body.length : delimiter - 1);
    }
  }

  /// The next delimiter at the beginning of a line. Some readers take a bare CR for a line's end.
  private int next(int from) {
    var next = mark.in(body, from);
    while (next > 0 && body[next - 1] != '\n') {
      if (body[next - 1] == '\r') {
        fault = "a delimiter follows a CR without an LF";
      }
      next = mark.in(body, next + 1);
    }
    return next;
  }

  private boolean closes(int at) {
    return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
  }

  /// Readers that go on behind the end would find parts there.
  private void epilogue(int from) {
    if (mark.in(body, from) >= 0) {
      fault = "the boundary stands once more behind the last part";
    }
  }

  private void part(int from, int to) {
    var head = new PartHead(body, from, to);
    if (head.fault() != null) {
      fault = head.fault();
      return;
    }
    var end = to > head.end() && body[to - 1] == '\r' ? to - 1 : to;
    if (head.isNamed("model")) {
      named++;
      at = new Span(head.end(), end);
    }
    if (head.isNamed("stream")) {
      stream = isTrue(head.end(), end);
    }
  }

  private boolean isTrue(int from, int to) {
    var length = Math.min(to - from, PartHead.LONGEST);
    return new String(body, from, length, StandardCharsets.UTF_8).strip().equals("true");
  }
}
