package io.onebalance.sync.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A dump as its statements, cut into words, literals and signs. It knows as much SQL as dumps
/// have: comments, names in any quotes, texts with doubled quotes, numbers, NULL.
final class SqlText {
  /// A piece of a statement. `quoted` tells a text from a word.
  private record Token(String text, boolean quoted, boolean name) {
    boolean is(String word) {
      return !quoted && text.equalsIgnoreCase(word);
    }
  }

  /// A statement and the line it begins on, from 1.
  static final class Statement {
    private final int line;
    private final List<Token> tokens;

    private Statement(int line, List<Token> tokens) {
      this.line = line;
      this.tokens = tokens;
    }

    int line() {
      return line;
    }

    boolean creates(String table) {
      return begins("CREATE", "TABLE") && names(table, tableAt());
    }

    boolean insertsInto(String table) {
      return tokens.size() > 3 && tokens.getFirst().is("INSERT") && names(table, tableAt());
    }

    private boolean begins(String... words) {
      for (var i = 0; i < words.length; i++) {
        if (i >= tokens.size() || !tokens.get(i).is(words[i])) {
          return false;
        }
      }
      return true;
    }

    /// Behind INTO, TABLE, or IF NOT EXISTS.
    private int tableAt() {
      for (var i = 1; i < Math.min(tokens.size(), 6); i++) {
        var before = tokens.get(i - 1);
        if ((before.is("INTO") || before.is("TABLE") || before.is("EXISTS"))
            && !tokens.get(i).is("IF")) {
          return i;
        }
      }
      return tokens.size();
    }

    private boolean names(String table, int at) {
      return at < tokens.size() && tokens.get(at).text.equalsIgnoreCase(table);
    }

    /// The names in the parentheses behind the table: of its columns, or of those inserted.
    List<String> columns() {
      var open = tableAt() + 1;
      var columns = new ArrayList<String>();
      if (open >= tokens.size() || !tokens.get(open).is("(")) {
        return columns;
      }
      var depth = 1;
      var first = true;
      for (var i = open + 1; i < tokens.size() && depth > 0; i++) {
        var token = tokens.get(i);
        depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        if (first && depth == 1 && !isConstraint(token)) {
          columns.add(token.text.toLowerCase(Locale.ROOT));
        }
        first = depth == 1 && token.is(",");
      }
      return columns;
    }

    private static boolean isConstraint(Token token) {
      return !token.name
          && List.of("PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT")
              .contains(token.text.toUpperCase(Locale.ROOT));
    }

    /// The rows behind VALUES; NULL is empty, and so is what is no literal.
    List<List<Optional<String>>> rows() {
      var rows = new ArrayList<List<Optional<String>>>();
      var at = 0;
      while (at < tokens.size() && !tokens.get(at).is("VALUES")) {
        at++;
      }
      var row = new ArrayList<Optional<String>>();
      var depth = 0;
      var value = new ArrayList<Token>();
      for (at++; at < tokens.size(); at++) {
        var token = tokens.get(at);
        depth += token.is("(") ? 1 : 0;
        if (depth == 1 && (token.is(",") || token.is(")"))) {
          row.add(literal(value));
          value.clear();
        } else if (depth > 1 || (depth == 1 && !token.is("("))) {
          value.add(token);
        }
        if (token.is(")") && --depth == 0) {
          rows.add(List.copyOf(row));
          row.clear();
        }
      }
      return rows;
    }

    private static Optional<String> literal(List<Token> value) {
      return value.size() == 1 && !value.getFirst().is("NULL")
          ? Optional.of(value.getFirst().text)
          : Optional.empty();
    }
  }

  private final String text;
  private int at;
  private int line = 1;

  private SqlText(String text) {
    this.text = text;
  }

  static List<Statement> statements(String text) {
    var reading = new SqlText(text);
    var statements = new ArrayList<Statement>();
    var tokens = new ArrayList<Token>();
    var began = 1;
    for (var token = reading.next(); token.isPresent(); token = reading.next()) {
      began = tokens.isEmpty() ? reading.line : began;
      if (token.get().is(";")) {
        statements.add(new Statement(began, List.copyOf(tokens)));
        tokens.clear();
      } else {
        tokens.add(token.get());
      }
    }
    if (!tokens.isEmpty()) {
      statements.add(new Statement(began, List.copyOf(tokens)));
    }
    return statements;
  }

  private Optional<Token> next() {
    skip();
    if (at >= text.length()) {
      return Optional.empty();
    }
    var c = text.charAt(at);
    return Optional.of(
        switch (c) {
          case '\'' -> new Token(quoted('\''), true, false);
          case '"', '`' -> new Token(quoted(c), false, true);
          case '[' -> new Token(quoted(']'), false, true);
          // All else is a word, a number or a sign.
          default -> new Token(word(), false, false);
        });
  }

  /// Over blanks and comments.
  private void skip() {
    while (at < text.length()) {
      var c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else if (text.startsWith("--", at)) {
        at = end("\n");
      } else if (text.startsWith("/*", at)) {
        at = Math.min(text.length(), end("*/") + 2);
      } else {
        return;
      }
    }
  }

  private int end(String mark) {
    var end = text.indexOf(mark, at);
    return end < 0 ? text.length() : end;
  }

  /// The text up to this quote; a doubled one stands for itself.
  private String quoted(char quote) {
    var word = new StringBuilder();
    for (at++; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c == quote) {
        if (at + 1 == text.length() || text.charAt(at + 1) != quote) {
          break;
        }
        at++;
      }
      line += c == '\n' ? 1 : 0;
      word.append(c);
    }
    at++;
    return word.toString();
  }

  private String word() {
    var from = at++;
    if (isWord(text.charAt(from))) {
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
    }
    return text.substring(from, at);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
  }
}
