package io.onebalance.console.offer;

import io.onebalance.console.web.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds keys in any text: by how they begin, or, for credentials in JSON, by their fields. Where
/// several providers have keys of one form, all are named, the most likely first.
public final class KeyFinder {
  /// Keys of one form, and whose they may be.
  public record Found(List<String> providers, List<String> keys) {
    public Found {
      providers = List.copyOf(providers);
      keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
      return "Found[" + keys.size() + " of " + providers + "]";
    }
  }

  /// How keys look. The first form that fits counts, so the narrower ones come first.
  private record Form(Pattern pattern, List<String> providers) {
    Form(String pattern, String... providers) {
      this(Pattern.compile(pattern), List.of(providers));
    }
  }

  /// So many braces that nothing closes are looked behind; each costs a long look.
  private static final int MOST_FAILURES = 2_000;

  private static final String MORE = "[A-Za-z0-9_-]";

  private static final List<Form> FORMS =
      List.of(
          new Form("sk-ant-" + MORE + "{20,}", "anthropic"),
          new Form("sk-or-v1-[0-9a-f]{32,}", "openrouter"),
          new Form("sk-(?:proj|svcacct|admin|None)-" + MORE + "{20,}", "openai"),
          new Form("sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}", "openai"),
          new Form("sk-[0-9a-f]{32}", "deepseek", "qwen", "anyrouter", "openai"),
          new Form("sk_car_" + MORE + "{10,}", "cartesia"),
          new Form("sk_[0-9a-f]{40,}", "elevenlabs"),
          new Form("sk-" + MORE + "{20,}", "openai", "deepseek", "qwen", "anyrouter"),
          new Form("AIza" + MORE + "{35}", "google-ai-studio"),
          new Form("AQ\\.[A-Za-z0-9_.-]{30,}", "google-ai-studio", "google-vertex-ai"),
          new Form("gsk_[A-Za-z0-9]{20,}", "groq"),
          new Form("xai-" + MORE + "{20,}", "grok"),
          new Form("csk-[A-Za-z0-9]{20,}", "cerebras"),
          new Form("fw_[A-Za-z0-9]{16,}", "fireworks"),
          new Form("pplx-[A-Za-z0-9]{20,}", "perplexity-ai"),
          new Form("hf_[A-Za-z0-9]{20,}", "huggingface"),
          new Form("r8_[A-Za-z0-9]{20,}", "replicate"));

  /// Where a key may begin: not within a longer word.
  private static final Pattern WORD =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])(?:sk[-_]|AIza|AQ\\.|gsk_|xai-|csk-|fw_|pplx-|hf_|r8_)"
              + "[A-Za-z0-9_.-]{8,400}");

  private final Map<List<String>, Set<String>> found = new LinkedHashMap<>();
  private int count;

  private KeyFinder() {}

  /// All keys in a text, each once.
  public static List<Found> in(String text) {
    var finder = new KeyFinder();
    finder.words(finder.credentials(text));
    var all = new ArrayList<Found>();
    finder.found.forEach((providers, keys) -> all.add(new Found(providers, List.copyOf(keys))));
    return all;
  }

  private void words(String text) {
    var words = WORD.matcher(text);
    while (words.find() && count < Limits.KEYS) {
      var word = words.group();
      for (var form : FORMS) {
        var fit = form.pattern().matcher(word);
        if (fit.lookingAt()) {
          add(form.providers(), fit.group());
          break;
        }
      }
    }
  }

  /// Takes the credentials in JSON out, and gives the rest of the text.
  private String credentials(String text) {
    var rest = new StringBuilder(text);
    var failures = 0;
    for (var at = text.indexOf('{');
        at >= 0 && failures < MOST_FAILURES;
        at = text.indexOf('{', at + 1)) {
      var end = KeyText.endOfObject(text, at);
      failures += end < 0 ? 1 : 0;
      if (end > at && Credential.of(text.substring(at, end)) instanceof Credential.Fit(var key)) {
        add(owner(key), key);
        rest.replace(at, end, " ".repeat(end - at));
        at = end - 1;
      }
    }
    return rest.toString();
  }

  private static List<String> owner(String json) {
    if (json.contains("private_key") || json.contains("refresh_token")) {
      return List.of("google-vertex-ai");
    }
    if (json.contains("api_token") || json.contains("apiToken") || json.contains("CLOUDFLARE")) {
      return List.of("workers-ai");
    }
    return json.contains("api_key") || json.contains("apiKey") || json.contains("AZURE")
        ? List.of("azure-openai")
        : List.of("aws-bedrock");
  }

  private void add(List<String> providers, String key) {
    if (found.computeIfAbsent(providers, _ -> new LinkedHashSet<>()).add(key)) {
      count++;
    }
  }
}
