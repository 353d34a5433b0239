package io.onebalance.console.pages;

import io.onebalance.console.session.Notice;
import io.onebalance.console.web.Refusal;
import io.onebalance.store.Keyring;
import io.onebalance.store.Keyring.Selection;
import java.util.List;

/// What a button does with keys that were picked by hand.
final class KeyActions {
  private KeyActions() {}

  static Notice act(Keyring keyring, String action, List<String> ids, String actor) {
    var keys = new Selection.Ids(ids);
    return switch (action) {
      case "delete" -> done(keyring.delete(keys, actor), "deleted");
      case "block" -> done(keyring.block(keys, "by hand", actor), "blocked");
      case "unblock" -> done(keyring.unblock(keys, actor), "unblocked");
      case "reset" -> done(keyring.reset(keys, actor), "free of cooldowns");
      // Browsers send what the page offers; others send any text.
      default -> throw Refusal.invalid("the form asks for no action that exists");
    };
  }

  private static Notice done(int count, String what) {
    return Notice.done("%s %s.".formatted(KeyListForms.keys(count), what));
  }
}
