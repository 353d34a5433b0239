package io.onebalance.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes secrets out of what an upstream said: those that are known, however they are written, and
/// whatever looks like a key of any provider. Needs time in proportion to the text.
public final class Scrub {
  private static final String MARK = "[redacted]";

  /// A shorter secret would take ordinary words with it.
  private static final int SHORTEST = 4;

  /// Where a key may begin: not inside a word, but right after a `%3D` or a `\n`.
  private static final String START = "(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[nrtbf]))";

  /// As [#START], and not after a dash either: a run of letters and dashes is begun only once.
  private static final String WORD_START =
      "(?:(?<![A-Za-z0-9_-])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[nrtbf]))";

  /// One alternative a kind of key. Quantifiers are possessive, so that nothing is read twice.
  private static final Pattern KEYS =
      Pattern.compile(
          String.join(
              "|",
              "AIza[0-9A-Za-z_-]{30,}+", // Google
              "AQ\\.[0-9A-Za-z_.-]{20,}+",
              START + "sk[-_][A-Za-z0-9_-]{16,}+", // OpenAI, Anthropic, OpenRouter, ElevenLabs, …
              START + "(?:gsk|xai|pplx|hf|r8|csk|fw|nvapi|tgp)[-_][A-Za-z0-9_-]{16,}+",
              START + "ob-[A-Za-z0-9_-]{40,}+", // a gateway key of ours
              START + "ya29\\.[A-Za-z0-9_.-]{20,}+", // Google, exchanged for a service account
              "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{1,8000}+", // a service account's own
              START + "ABSK[A-Za-z0-9+/]{40,}+=*+", // Amazon Bedrock
              START + "(?:AKIA|ASIA)[0-9A-Z]{16}+(?![0-9A-Za-z])", // AWS
              WORD_START
                  + "eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+)?", // JWT
              START + "[0-9a-fA-F]{32}+(?![0-9A-Za-z])")); // Azure

  /// A word that announces a credential; the announcement stays. Only what has a digit in it is
  /// taken for one: `Key authentication failed` is prose.
  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "(\\b(?:Bearer|Token|Key|Api-Key)(?:"
              + " |%20|\\+))(?=[A-Za-z._~+/=:-]{0,99}+[0-9])[A-Za-z0-9._~+/=:-]{12,}+"
              + "|([?&](?:key|api_?key|access_token|token)=)[^&\\s\"'<>\\\\]++",
          Pattern.CASE_INSENSITIVE);

  /// What may be a key of a kind that has no mark of its own, where a name is expected: letters and
  /// digits in one run that is longer than words are.
  private static final Pattern UNMARKED =
      Pattern.compile("(?<![A-Za-z0-9])(?=[A-Za-z]*+[0-9])(?=[0-9]*+[A-Za-z])[A-Za-z0-9]{32,}+");

  private static final int SHORTEST_KEY = 16;

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private Scrub() {}

  /// The text without secrets.
  public static String scrub(String text, Secret... known) {
    var clean = text;
    for (var form : forms(known)) {
      clean = clean.replace(form, MARK);
    }
    return patterns(clean);
  }

  /// The bytes without secrets; all others stay what they were, in whatever charset. Without a
  /// finding it is the same array.
  public static byte[] scrub(byte[] body, Secret... known) {
    var text = new String(body, StandardCharsets.ISO_8859_1);
    var clean = text;
    for (var form : forms(known)) {
      clean = clean.replace(asBytes(form), MARK);
    }
    clean = patterns(clean);
    return clean.equals(text) ? body : clean.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A name that somebody wrote, of a model for example, without what may be a key that was put in
  /// its place. The same text where there is nothing of the kind.
  public static String name(String name) {
    return name.length() < SHORTEST_KEY ? name : UNMARKED.matcher(patterns(name)).replaceAll(MARK);
  }

  /// Whether a text holds one of these secrets as it is. Cheap, as hardly any text that is looked
  /// at is as long as a secret.
  public static boolean holds(String text, Secret... known) {
    for (var secret : known) {
      var plain = secret.reveal();
      if (plain.length() >= SHORTEST && text.length() >= plain.length() && text.contains(plain)) {
        return true;
      }
    }
    return false;
  }

  private static String patterns(String text) {
    var clean = KEYS.matcher(text).replaceAll(MARK);
    return ANNOUNCED
        .matcher(clean)
        .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + MARK);
  }

  /// All ways to write the secrets, the longest first, since one may hold another.
  private static List<String> forms(Secret... known) {
    Set<String> forms = new LinkedHashSet<>();
    for (var secret : known) {
      var plain = secret.reveal();
      if (plain.length() >= SHORTEST) {
        var json = json(plain);
        var url = URLEncoder.encode(plain, StandardCharsets.UTF_8);
        forms.addAll(List.of(plain, json, json.replace("/", "\\/"), url, lowerEscapes(url)));
        forms.addAll(List.of(url.replace("+", "%20"), lowerEscapes(url.replace("+", "%20"))));
        forms.add(json(json));
      }
    }
    var longestFirst = new ArrayList<>(forms);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    return longestFirst;
  }

  /// The inside of a JSON string.
  private static String json(String text) {
    var out = new StringBuilder(text.length());
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '"', '\\' -> out.append('\\').append((char) c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            // Any other character stands for itself.
            default -> out.append((char) c);
          }
        });
    return out.toString();
  }

  private static String lowerEscapes(String url) {
    return ESCAPE.matcher(url).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
  }

  private static String asBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
