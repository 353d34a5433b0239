package io.onebalance.console.pages.keys;

import io.onebalance.console.pages.words.Words;
import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.ApiKey;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.Optional;

/// What a button does with keys, and what is said of it.
record KeyActions(Keyring keyring, Words words, String actor) {
  Notice act(String action, Selection keys, Params form) {
    return switch (action) {
      case "block" -> done(keyring.block(keys, "by hand", actor), "blocked");
      case "unblock" -> done(keyring.unblock(keys, actor), "unblocked");
      case "reset" -> done(keyring.reset(keys, actor), "reset");
      case "edit" -> done(keyring.patch(keys, patch(form, true), actor), "edited");
      // Browsers send what the page offers; others send any text.
      default -> throw Refusal.invalid("the form asks for no action that exists");
    };
  }

  private Notice done(int count, String what) {
    return Notice.done(words.of("done." + what, words.count("keys", count)));
  }

  /// What a form says of a key. Of many keys, what is left blank stays as it is.
  static Patch patch(Params form, boolean blankStays) {
    return new Patch(
        Optional.empty(),
        text(form, "remark", Limits.REMARK, blankStays),
        form.first("weight").filter(text -> !blankStays || !text.isBlank()).map(KeyActions::weight),
        text(form, "account", Limits.ACCOUNT, blankStays));
  }

  private static Optional<String> text(Params form, String name, int longest, boolean blankStays) {
    return form.first(name)
        .map(text -> Limits.line(name, text, longest))
        .filter(text -> !blankStays || !text.isEmpty());
  }

  private static int weight(String text) {
    try {
      var weight = Integer.parseInt(text.strip());
      if (weight >= 1 && weight <= ApiKey.HEAVIEST) {
        return weight;
      }
    } catch (NumberFormatException _) {
      // Told below, as any other number that is not allowed.
    }
    throw Refusal.invalid("the weight must be a whole number from 1 to " + ApiKey.HEAVIEST);
  }
}
