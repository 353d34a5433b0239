package io.onebalance.sandbox.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the pretended model says: the prompt again and a little story, the same for the same
/// prompt, with a few letters beyond ASCII so that cuts inside a character happen.
///
/// @param tokens words with the blank before them; a word is a token here
/// @param cut whether the caller's limit ended it
public record Completion(List<String> tokens, boolean cut, long promptTokens) {
  private static final int LONGEST_ECHO = 2_000;
  private static final Pattern LENGTH = Pattern.compile("words-(\\d{1,6})");
  private static final Pattern WORD = Pattern.compile("\\s*\\S+");
  private static final List<String> HEROES =
      List.of(
          "a fox named Zoë", "an old señor", "the brave Łukasz", "a girl called 花", "Jürgen 🦊");
  private static final List<String> DEEDS =
      List.of(
          "carried three keys up a hill",
          "counted the lights of a sleeping city",
          "asked the river for the shortest way",
          "waited at a gate until it opened",
          "shared one loaf among ten guests");
  private static final List<String> ENDS =
      List.of(
          "and every door opened.",
          "and nobody had to wait.",
          "and the scales came to rest.",
          "and the night was quiet again.");

  public static Completion to(Prompt prompt, String model, long mostTokens) {
    var all = LENGTH.matcher(model);
    var tokens = all.matches() ? counted(Integer.parseInt(all.group(1))) : told(prompt.text());
    var cut = mostTokens > 0 && tokens.size() > mostTokens;
    return new Completion(cut ? tokens.subList(0, (int) mostTokens) : tokens, cut, prompt.tokens());
  }

  public String text() {
    return String.join("", tokens);
  }

  public int count() {
    return tokens.size();
  }

  public long total() {
    return promptTokens + count();
  }

  /// The text in runs of so many tokens.
  public List<String> pieces(int tokensEach) {
    var pieces = new ArrayList<String>();
    for (var from = 0; from < tokens.size(); from += tokensEach) {
      var to = Math.min(tokens.size(), from + tokensEach);
      pieces.add(String.join("", tokens.subList(from, to)));
    }
    return pieces;
  }

  private static List<String> told(String prompt) {
    var echo = prompt.length() > LONGEST_ECHO ? prompt.substring(0, LONGEST_ECHO) + "…" : prompt;
    var seed = prompt.hashCode();
    return words(
        "You said: %s\nOnce upon a time %s %s, %s"
            .formatted(echo, pick(HEROES, seed), pick(DEEDS, seed / 7), pick(ENDS, seed / 31)));
  }

  private static List<String> counted(int words) {
    var tokens = new ArrayList<String>(words);
    for (var i = 1; i <= words; i++) {
      tokens.add(i == 1 ? "word1" : " word" + i);
    }
    return tokens;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(match -> match.group()).toList();
  }

  private static String pick(List<String> from, int seed) {
    return from.get(Math.floorMod(seed, from.size()));
  }
}
