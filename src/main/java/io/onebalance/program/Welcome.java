package io.onebalance.program;

import io.onebalance.settings.read.AuthKeyFile;
import java.io.PrintWriter;
import java.util.Optional;

/// What a person sees when the server has started. The lines to try can be pasted into a shell as
/// they are: the first one gives the others their key.
public final class Welcome {
  private Welcome() {}

  /// Where the program is reached: by clients, and by browsers where there is a console; and
  /// whether the sandbox answers.
  public record Places(String url, Optional<String> console, boolean sandbox) {}

  /// A key that was just made is shown, this once; one that the operator set, or that was made at
  /// an earlier start, never is.
  public static void say(PrintWriter out, Places places, AuthKeyFile.Kept authKey) {
    out.println("One Balance serves at " + places.url);
    out.println();
    if (authKey.newlyMade()) {
      out.println("A gateway key was made for you; `./one-balance auth-key` shows it again.");
    }
    out.println(
        places.sandbox
            ? "Try it (the sandbox answers without any provider's key):"
            : "Try it, as soon as a provider has a key:");
    out.println();
    lines(out, places, authKey);
    places.console.ifPresent(url -> {
      out.println();
      out.println("Add provider keys at " + url + "/ (sign in with the gateway key).");
    });
  }

  private static void lines(PrintWriter out, Places places, AuthKeyFile.Kept authKey) {
    var model = places.sandbox ? "sandbox/echo" : "openai/gpt-4o-mini";
    out.println("  export AUTH_KEY=" + value(authKey));
    out.printf(
        "  curl %s/v1/chat/completions -H \"Authorization: Bearer $AUTH_KEY\""
            + " -H 'Content-Type: application/json'"
            + " -d '{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}'%n",
        places.url, model);
    out.printf("  export OPENAI_BASE_URL=%s/v1 OPENAI_API_KEY=\"$AUTH_KEY\"%n", places.url);
    out.printf(
        "  export ANTHROPIC_BASE_URL=%s/api/compat ANTHROPIC_AUTH_TOKEN=\"$AUTH_KEY\"%n",
        places.url);
  }

  /// The key itself, which has no character that a shell would take for its own; else what the
  /// shell has already, or what the program is set to.
  private static String value(AuthKeyFile.Kept authKey) {
    return authKey.newlyMade()
        ? authKey.key().reveal()
        : "\"${AUTH_KEY:-$(./one-balance auth-key)}\"";
  }
}
