package io.onebalance.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the events of a `text/event-stream` in pieces that are cut anywhere: inside a character, a
/// line end, a field's name. It only looks; the pieces pass on as they came. Lines end in LF, CR or
/// CRLF, and a byte order mark at the start is no part of a field, as the
/// [specification](https://html.spec.whatwg.org/multipage/server-sent-events.html) says. Confined
/// to one thread.
public final class Events {
  private final Bytes line;
  private final Bytes data;
  private final List<Event> found = new ArrayList<>();
  private String type = "";
  private String id = "";
  private boolean hasData;
  private boolean whole = true;
  private boolean afterReturn;
  private boolean atStart = true;
  private long read;

  /// `longest` bounds what is kept of one event, in bytes. A longer one is still found, but its
  /// data is cut there.
  public Events(int longest) {
    line = new Bytes(longest);
    data = new Bytes(longest);
  }

  /// Reads one piece and gives the events that it completes.
  public List<Event> feed(byte[] piece) {
    return feed(piece, 0, piece.length);
  }

  /// Reads a part of an array and gives the events that it completes.
  public List<Event> feed(byte[] piece, int from, int to) {
    var lineStart = from;
    for (var i = from; i < to; i++) {
      var c = piece[i];
      if (c == '\n' && afterReturn) {
        lineStart = i + 1;
      } else if (c == '\n' || c == '\r') {
        line.add(piece, lineStart, i);
        lineStart = i + 1;
        endLine(read + (i + 1 - from));
      }
      afterReturn = c == '\r';
    }
    line.add(piece, lineStart, to);
    read += to - from;
    var events = List.copyOf(found);
    found.clear();
    return events;
  }

  /// What was begun when the stream ended without its empty line. Browsers drop it; some servers
  /// send their last event like this.
  public Optional<Event> rest() {
    if (line.length() > 0) {
      endLine(read);
    }
    dispatch(read);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.removeLast());
  }

  /// How much is kept of an event that is not complete, in bytes.
  public int kept() {
    return line.length() + data.length();
  }

  private void endLine(long end) {
    var start = atStart && startsWithMark() ? 3 : 0;
    atStart = false;
    whole &= !line.over();
    if (line.length() == start) {
      dispatch(end);
    } else {
      field(start);
    }
    line.clear();
  }

  private boolean startsWithMark() {
    var bytes = line.array();
    return line.length() >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private void field(int start) {
    var bytes = line.array();
    var colon = start;
    while (colon < line.length() && bytes[colon] != ':') {
      colon++;
    }
    var value = Math.min(colon + 1, line.length());
    if (value < line.length() && bytes[value] == ' ') {
      value++;
    }
    switch (text(start, colon)) {
      case "data" -> data(value);
      case "event" -> type = text(value, line.length());
      case "id" -> id = text(value, line.length());
      default -> {
        // Comments have an empty name; unknown fields are ignored by the specification.
      }
    }
  }

  private void data(int from) {
    if (hasData) {
      data.add('\n');
    }
    hasData = true;
    data.add(line.array(), from, line.length());
  }

  private String text(int from, int to) {
    return new String(line.array(), from, to - from, StandardCharsets.UTF_8);
  }

  private void dispatch(long end) {
    if (hasData) {
      found.add(new Event(type, id, data.copy(0, data.length()), whole && !data.over(), end));
    }
    type = "";
    id = "";
    hasData = false;
    whole = true;
    data.clear();
  }
}
