package io.onebalance.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A key that is somewhere already, together with what another place knows of it: it learns words,
/// a block and longer rests; nothing is shortened or unblocked, so that a second time changes
/// nothing.
public record Merge(Carried merged, List<String> fields) {
  public Merge {
    fields = List.copyOf(fields);
  }

  public static Merge of(Carried here, Carried there, Instant now) {
    var fields = new ArrayList<String>();
    var account = word("account", here.account(), there.account(), fields);
    var remark = word("remark", here.remark(), there.remark(), fields);
    var weight = here.weight();
    if (there.weight() != 0 && there.weight() != weight) {
      fields.add("weight");
      weight = there.weight();
    }
    var blocked = here.blocked();
    if (blocked.isEmpty() && there.blocked().isPresent()) {
      fields.add("status");
      blocked = there.blocked();
    }
    var merged =
        new Carried(
            here.provider(),
            here.key(),
            remark,
            account,
            weight,
            blocked,
            rests(here, there, now, fields),
            Math.max(here.totalRest(), there.totalRest()),
            here.createdAt());
    return new Merge(merged, fields);
  }

  private static String word(String field, String here, String there, List<String> fields) {
    if (there.isEmpty() || there.equals(here)) {
      return here;
    }
    fields.add(field);
    return there;
  }

  private static Map<String, Carried.Rest> rests(
      Carried here, Carried there, Instant now, List<String> fields) {
    var rests = new HashMap<>(here.rests());
    there
        .rests()
        .forEach((model, rest) -> {
          var known = rests.get(model);
          var longer = known == null || rest.until() > known.until();
          if (longer && rest.until() > now.getEpochSecond()) {
            rests.put(model, rest);
            fields.add("cooling " + model);
          }
        });
    return rests;
  }

  /// What became of it.
  public Fate fate() {
    return fields.isEmpty() ? new Fate.Same() : new Fate.Changed(fields);
  }
}
