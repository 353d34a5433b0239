package io.onebalance.dialect.anthropic.words;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Ids of calls as this dialect wants them: `^[A-Za-z0-9_-]+$`, each once in an answer. Confined to
/// one thread.
public final class Ids {
  private static final Pattern FITTING = Pattern.compile("[A-Za-z0-9_-]+");
  private static final int LENGTH = 24;

  private final String requestId;
  private final Set<String> given = new HashSet<>();
  private int made;

  public Ids(String requestId) {
    this.requestId = requestId.replaceAll("[^A-Za-z0-9]", "");
  }

  public static boolean fits(String id) {
    return FITTING.matcher(id).matches();
  }

  /// This id if it can stay, else one of our own.
  public String of(String id) {
    return fits(id) && given.add(id) ? id : next();
  }

  /// `toolu_` and 24 letters and digits: the end of the request's id, and a number.
  private String next() {
    var number = Integer.toString(made++, 36);
    var whole =
        "0".repeat(LENGTH) + requestId + "0".repeat(Math.max(0, 4 - number.length())) + number;
    var id = "toolu_" + whole.substring(whole.length() - LENGTH);
    return given.add(id) ? id : next();
  }
}
