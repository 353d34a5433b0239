package io.onebalance.console.pages.keys;

import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.store.keyring.Keyring.Selection;
import java.util.ArrayList;
import java.util.List;

/// The keys that a form is about: those that were ticked, or all that the view shows.
record Picked(List<String> ids, boolean all, KeysView view) {
  Picked {
    ids = List.copyOf(ids);
  }

  static Picked of(Params form, KeysView view) {
    var ids = new ArrayList<>(form.every("key_id"));
    ids.addAll(form.every("key_id[]"));
    if (ids.size() > Limits.IDS) {
      throw Refusal.tooLarge("more than %d keys selected".formatted(Limits.IDS));
    }
    return new Picked(ids, form.text("all").equals("1"), view);
  }

  boolean isNone() {
    return !all && ids.isEmpty();
  }

  Selection selection() {
    return all ? new Selection.Matching(view.filter()) : new Selection.Ids(ids);
  }

  /// What another form sends to mean the same keys.
  List<Params.Param> fields() {
    return all
        ? List.of(new Params.Param("all", "1"))
        : ids.stream().map(id -> new Params.Param("key_id", id)).toList();
  }
}
