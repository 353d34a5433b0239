package io.onebalance;

import io.onebalance.settings.AuthKeyFile;
import java.io.PrintWriter;

/// What a person sees when the server has started.
final class Welcome {
  private static final String PLACEHOLDER = "$AUTH_KEY";

  private Welcome() {}

  /// A key that was just made is shown, this once; one that the operator set never is.
  static void say(PrintWriter out, String url, AuthKeyFile.Kept authKey) {
    out.println("One Balance serves at " + url);
    if (authKey.newlyMade()) {
      out.println();
      out.println("A gateway key was made for you; `./one-balance auth-key` shows it again:");
      out.println("  " + authKey.key().reveal());
    }
    var key = authKey.newlyMade() ? authKey.key().reveal() : PLACEHOLDER;
    out.println();
    out.println("Try it (the sandbox answers without any provider's key):");
    out.printf(
        "  curl %s/v1/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type:"
            + " application/json' -d"
            + " '{\"model\":\"sandbox/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}'%n",
        url, key);
    out.printf("  export OPENAI_BASE_URL=%s/v1 OPENAI_API_KEY=%s%n", url, key);
    out.printf("  export ANTHROPIC_BASE_URL=%s/api/sandbox ANTHROPIC_AUTH_TOKEN=%s%n", url, key);
    out.println();
    out.println("Add provider keys at " + url + "/ (sign in with the gateway key).");
  }
}
