package io.onebalance.route.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.onebalance.http.Percent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens of a JSON text with their exact places, read from bytes without copying, without
/// recursion and within bounds. What stands between the tokens is checked; what stands inside a
/// string is passed over, because nothing but its end matters until somebody asks for its text.
/// Confined to one thread.
public final class JsonTokens {
  /// What was read.
  public enum Kind {
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END,
    NAME,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    /// The text is over and was whole.
    END,
    /// Not JSON, or cut off here. It stays so.
    BROKEN,
    /// Deeper, or with a longer number, than anything honest. It stays so.
    EXCESSIVE
  }

  public static final int DEEPEST = 512;
  public static final int LONGEST_NUMBER = 1000;

  /// A letter at its longest, written as a backslash, `u` and four digits.
  private static final int LONGEST_ESCAPE = 6;

  private enum Expecting {
    VALUE,
    FIRST_ELEMENT,
    NAME,
    FIRST_NAME,
    COMMA_OR_END
  }

  private final byte[] bytes;
  private final int to;

  /// One bit a level, set where it is an object.
  private final long[] objects = new long[DEEPEST / Long.SIZE];

  private Expecting expecting = Expecting.VALUE;
  private int at;
  private int start;
  private int end;
  private int depth;
  private boolean escaped;
  private @Nullable Kind failure;

  public JsonTokens(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.to = to;
    this.at = from + markLength(from);
  }

  /// A byte order mark is not JSON, but most readers step over it, and so do we.
  private int markLength(int from) {
    var marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /// Reads one token further.
  public Kind next() {
    if (failure != null) {
      return failure;
    }
    var c = afterSpace();
    if (expecting == Expecting.COMMA_OR_END) {
      if (c < 0 || depth == 0) {
        return c < 0 && depth == 0 ? Kind.END : fail(Kind.BROKEN);
      }
      if (c != ',') {
        return close(c);
      }
      at++;
      expecting = inObject() ? Expecting.NAME : Expecting.VALUE;
      c = afterSpace();
    }
    start = at;
    return switch (expecting) {
      case NAME -> name(c);
      case FIRST_NAME -> c == '}' ? close(c) : name(c);
      case FIRST_ELEMENT -> c == ']' ? close(c) : value(c);
      case VALUE, COMMA_OR_END -> value(c);
    };
  }

  /// Where the token begins, its quote included.
  public int start() {
    return start;
  }

  /// Just behind the token, its quote included.
  public int end() {
    return end;
  }

  /// How many objects and arrays are open after this token.
  public int depth() {
    return depth;
  }

  /// Where the text of this name or string stands, without its quotes.
  public Span inside() {
    return new Span(start + 1, end - 1);
  }

  /// Whether this name or string is `word`, which has none but printable ASCII. An escaped spelling
  /// of it counts too: other readers see no difference.
  public boolean is(String word) {
    if (escaped) {
      return mayBe(word) && text().filter(word::equals).isPresent();
    }
    if (end - start - 2 != word.length()) {
      return false;
    }
    for (var i = 0; i < word.length(); i++) {
      if (bytes[start + 1 + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether this name or string is `word` but for the case of its letters.
  boolean isInAnyCase(String word) {
    if (escaped) {
      return mayBe(word) && text().filter(word::equalsIgnoreCase).isPresent();
    }
    return end - start - 2 == word.length()
        && new String(bytes, start + 1, word.length(), ISO_8859_1).equalsIgnoreCase(word);
  }

  /// Which of these words this name or string is, if any.
  public Optional<String> among(Words words) {
    var length = end - start - 2;
    if (escaped) {
      return length <= words.longest() * LONGEST_ESCAPE
          ? text().filter(words::has)
          : Optional.empty();
    }
    if (length == 0 || !words.mayHave(length, bytes[start + 1])) {
      return Optional.empty();
    }
    // Words are ASCII, so bytes taken one by one are the same as UTF-8.
    var text = new String(bytes, start + 1, length, ISO_8859_1);
    return words.has(text) ? Optional.of(text) : Optional.empty();
  }

  /// Whether a name with escapes is short enough, each letter escaped, to be worth resolving.
  private boolean mayBe(String word) {
    return end - start - 2 <= word.length() * LONGEST_ESCAPE;
  }

  /// The text of this name or string, or nothing when it has a broken escape or is not UTF-8.
  public Optional<String> text() {
    var text = Percent.utf8(bytes, start + 1, end - 1);
    return escaped ? text.flatMap(JsonEscapes::resolve) : text;
  }

  private Kind name(int c) {
    if (c != '"' || !string()) {
      return fail(Kind.BROKEN);
    }
    if (afterSpace() != ':') {
      return fail(Kind.BROKEN);
    }
    at++;
    expecting = Expecting.VALUE;
    return Kind.NAME;
  }

  private Kind value(int c) {
    return switch (c) {
      case '{' -> open(Kind.OBJECT);
      case '[' -> open(Kind.ARRAY);
      case '"' -> string() ? valued(Kind.STRING) : fail(Kind.BROKEN);
      case 't' -> literal("true", Kind.TRUE);
      case 'f' -> literal("false", Kind.FALSE);
      case 'n' -> literal("null", Kind.NULL);
      default -> c == '-' || (c >= '0' && c <= '9') ? number() : fail(Kind.BROKEN);
    };
  }

  private Kind valued(Kind kind) {
    expecting = Expecting.COMMA_OR_END;
    return kind;
  }

  private Kind fail(Kind kind) {
    failure = kind;
    return kind;
  }

  private Kind open(Kind kind) {
    if (depth == DEEPEST) {
      return fail(Kind.EXCESSIVE);
    }
    var bit = 1L << depth;
    if (kind == Kind.OBJECT) {
      objects[depth >> 6] |= bit;
    } else {
      objects[depth >> 6] &= ~bit;
    }
    depth++;
    end = ++at;
    expecting = kind == Kind.OBJECT ? Expecting.FIRST_NAME : Expecting.FIRST_ELEMENT;
    return kind;
  }

  private Kind close(int c) {
    if (c != (inObject() ? '}' : ']')) {
      return fail(Kind.BROKEN);
    }
    var kind = inObject() ? Kind.OBJECT_END : Kind.ARRAY_END;
    start = at;
    end = ++at;
    depth--;
    return valued(kind);
  }

  private boolean inObject() {
    var level = depth - 1;
    return (objects[level >> 6] & 1L << level) != 0;
  }

  private Kind literal(String word, Kind kind) {
    if (to - at < word.length()) {
      return fail(Kind.BROKEN);
    }
    for (var i = 1; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return fail(Kind.BROKEN);
      }
    }
    at += word.length();
    end = at;
    return valued(kind);
  }

  /// A run of what numbers are made of; its grammar is the reader's affair upstream.
  private Kind number() {
    while (at < to && isNumeric(bytes[at])) {
      if (++at - start > LONGEST_NUMBER) {
        return fail(Kind.EXCESSIVE);
      }
    }
    end = at;
    return valued(Kind.NUMBER);
  }

  private static boolean isNumeric(int c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private int afterSpace() {
    while (at < to) {
      int c = bytes[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xFF;
      }
      at++;
    }
    return -1;
  }

  /// Passes over a string to behind its closing quote.
  private boolean string() {
    escaped = false;
    var i = at + 1;
    while (true) {
      i = StringEnd.quoteOrBackslash(bytes, i, to);
      if (i >= to) {
        return false;
      }
      if (bytes[i] == '"') {
        end = at = i + 1;
        return true;
      }
      escaped = true;
      i += 2;
    }
  }
}
