package io.onebalance.console.pages.keys;

import io.onebalance.console.pages.words.Words;
import io.onebalance.console.session.Notice;
import io.onebalance.console.session.Session;
import io.onebalance.console.web.Ask;
import io.onebalance.key.ApiKey;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Deletes keys so that it can be taken back for a while, where they are few enough to be held in
/// memory: they come back as they were added, without what was learnt of them.
record Deleting(Keyring keyring, Words words, Instant now) {
  /// Beyond this many nothing is held, and the page asks before.
  static final int MOST_HELD = 1_000;

  /// Deletes keys that are few enough to be held; a form that goes `back` takes it back.
  Notice few(Ask ask, List<String> ids, String back) {
    var held = new ArrayList<ApiKey>();
    ids.forEach(id -> keyring.find(id).map(Keyring.Held::key).ifPresent(held::add));
    var gone = keyring.delete(new Selection.Ids(ids), ask.actor());
    var text = words.of("done.deleted", words.count("keys", gone));
    var undo =
        ask.session()
            .filter(_ -> gone > 0)
            .map(session -> session.regret(() -> restore(held, ask.actor()), now))
            .map(id -> new Notice.Undo(back, id));
    return new Notice(true, text, List.of(), undo);
  }

  /// Deletes keys for good.
  Notice many(Ask ask, Selection selection) {
    var gone = keyring.delete(selection, ask.actor());
    ask.session().ifPresent(Session::forget);
    return Notice.done(words.of("done.deleted", words.count("keys", gone)));
  }

  private Notice restore(List<ApiKey> keys, String actor) {
    var back = 0;
    for (var key : keys) {
      var text = key.secret().reveal();
      var added =
          keyring.add(
              key.provider(), List.of(new NewKey(text, key.remark(), key.account())), actor);
      back += added.added();
      if (key.weight() != 1) {
        weigh(key, actor);
      }
    }
    return Notice.done(words.of("done.restored", words.count("keys", back)));
  }

  private void weigh(ApiKey key, String actor) {
    var same = new Filter(key.provider(), "", key.secret().reveal());
    var patch =
        new Patch(Optional.empty(), Optional.empty(), Optional.of(key.weight()), Optional.empty());
    keyring.list(same, Sort.NEWEST_FIRST, "", 1).keys().stream()
        .map(found -> found.key().id())
        .forEach(id -> keyring.patch(id, patch, actor));
  }
}
