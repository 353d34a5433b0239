package io.onebalance.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Whether addresses that people set are what they are meant to be.
public final class Bases {
  /// A version twice, as happens where a base URL is pasted that has it already.
  private static final Pattern DOUBLED = Pattern.compile("/(v[0-9][a-z0-9]*)/\\1(?=/|$)");

  /// The path of a single call.
  private static final Pattern CALL =
      Pattern.compile("/(chat/completions|completions|messages|embeddings|responses|models)/?$");

  private Bases() {}

  /// `providers` is what the settings say of them.
  public static List<Note> look(Map<String, Object> providers) {
    var notes = new ArrayList<Note>();
    providers.forEach((slug, fields) -> {
      if (fields instanceof Map<?, ?> group && group.get("base-url") instanceof String url) {
        notes.addAll(look("providers." + slug + ".base-url", url));
      }
    });
    return notes;
  }

  /// The address itself is not repeated: it might hold a password.
  public static List<Note> look(String setting, String url) {
    var doubled = DOUBLED.matcher(url);
    if (doubled.find()) {
      return List.of(
          new Note.Ill(
              setting + " has a doubled /" + doubled.group(1),
              "write it once: …/" + doubled.group(1)));
    }
    var call = CALL.matcher(url);
    return call.find()
        ? List.of(
            new Note.Ill(
                setting + " ends in /" + call.group(1) + ", which is a call and no base",
                "leave that out"))
        : List.of();
  }
}
