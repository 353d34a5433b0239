package io.onebalance.settings.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads a `.env` file: `NAME=value` by line, `export` before it or not, `#` comments, values in
/// single quotes (as they are) or double quotes (with `\n`, `\"`, `\\`). Nothing is expanded.
public final class DotEnv {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern EXPORT = Pattern.compile("^export\\s+");
  private static final Pattern COMMENT = Pattern.compile("\\s#.*$|^#.*$");

  private DotEnv() {}

  /// The values by name; of a repeated name the last counts, as in a shell.
  public static Map<String, Tree.Leaf> read(String text) throws FileTrouble {
    var values = new LinkedHashMap<String, Tree.Leaf>();
    var number = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        var assignment = EXPORT.matcher(line).replaceFirst("");
        var equals = assignment.indexOf('=');
        var value = equals < 0 ? "" : value(assignment.substring(equals + 1).strip(), number);
        values.put(name(assignment, equals, number), new Tree.Leaf(value, number));
      }
    }
    return values;
  }

  private static String name(String assignment, int equals, int line) throws FileTrouble {
    var name = equals < 0 ? "" : assignment.substring(0, equals).strip();
    if (!NAME.matcher(name).matches()) {
      throw new FileTrouble(line, "this line is not NAME=value");
    }
    return name;
  }

  private static String value(String raw, int line) throws FileTrouble {
    if (raw.startsWith("'")) {
      return raw.substring(1, closing(raw, '\'', line));
    }
    if (raw.startsWith("\"")) {
      return unescaped(raw.substring(1, closing(raw, '"', line)));
    }
    return COMMENT.matcher(raw).replaceFirst("").strip();
  }

  /// The index of the quote that closes what the first character opens. Only a comment may follow.
  private static int closing(String raw, char quote, int line) throws FileTrouble {
    for (var i = 1; i < raw.length(); i++) {
      if (raw.charAt(i) == quote) {
        checkRest(raw.substring(i + 1).strip(), line);
        return i;
      }
      i += quote == '"' && raw.charAt(i) == '\\' ? 1 : 0;
    }
    throw new FileTrouble(line, "the quote is not closed");
  }

  private static void checkRest(String rest, int line) throws FileTrouble {
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      throw new FileTrouble(line, "something follows the closing quote");
    }
  }

  private static String unescaped(String text) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var escape = c == '\\' && i + 1 < text.length();
      out.append(escape ? escaped(text.charAt(++i)) : String.valueOf(c));
    }
    return out.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case '"', '\\', '$' -> String.valueOf(c);
      // Any other backslash is meant as one.
      default -> "\\" + c;
    };
  }
}
