package io.onebalance.console.offer;

import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.offer.Offer.Candidate;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.store.keyring.Keyring.Invalid;
import io.onebalance.store.keyring.Keyring.NewKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Collects an offer under one remark and account, which a key may have of its own.
final class OfferBuilder {
  private static final Set<String> ITEM = Set.of("key", "remark", "account");

  /// How the head of a CSV begins that was exported, in whichever of some files.
  private static final Pattern CSV_HEAD =
      Pattern.compile("^\\x{FEFF}?provider,key(,|\\s|$)", Pattern.MULTILINE);

  private final String remark;
  private final String account;
  private final List<Candidate> keys = new ArrayList<>();
  private final List<Invalid> invalid = new ArrayList<>();

  OfferBuilder(String remark, String account) {
    this.remark = remark;
    this.account = account;
  }

  /// Keys as text, or as JSON within it: what is exported as JSON can be added again.
  void text(String text) {
    if (CSV_HEAD.matcher(text).find()) {
      throw Refusal.invalid(
          "this is CSV with columns; allowed: one key a line, or JSON as it is exported"
              + " (one-balance sync reads CSV)");
    }
    KeyText.cut(text).forEach(piece -> piece(piece.line(), piece.text()));
  }

  private void piece(int line, String text) {
    var json =
        text.startsWith("{") || text.startsWith("\"") ? parsed(text) : Optional.<JsonNode>empty();
    json.filter(node -> node.isString() || isRecord(node))
        .ifPresentOrElse(node -> item(line, node), () -> add(line, Credential.of(text)));
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(Json.MAPPER.readTree(text));
    } catch (JacksonException _) {
      return Optional.empty(); // told as what is no key
    }
  }

  private static boolean isRecord(JsonNode node) {
    return node.isObject() && node.has("key") && ITEM.containsAll(node.propertyNames());
  }

  /// An entry of a JSON list: a key, or a record with what goes with it.
  void item(int line, JsonNode item) {
    if (item.isString()) {
      add(line, Credential.of(item.stringValue()));
    } else if (Credential.looksLikeOne(item)) {
      add(line, Credential.of(item));
    } else {
      record(line, JsonRecord.of(item, ITEM));
    }
  }

  private void record(int line, JsonRecord item) {
    var key = item.field("key").orElseThrow(() -> Refusal.invalid("a 'key' is missing"));
    var credential = key.isString() ? Credential.of(key.stringValue()) : Credential.of(key);
    add(
        line,
        credential,
        item.text("remark", Limits.REMARK).orElse(remark),
        item.text("account", Limits.ACCOUNT).orElse(account));
  }

  void add(int line, Credential credential) {
    add(line, credential, remark, account);
  }

  private void add(int line, Credential credential, String ownRemark, String ownAccount) {
    switch (credential) {
      case Credential.Fit(var key) ->
          keys.add(new Candidate(line, new NewKey(key, ownRemark, ownAccount)));
      case Credential.Unfit(var why) -> invalid.add(new Invalid(line, why));
    }
    if (keys.size() + invalid.size() > Limits.KEYS) {
      throw Refusal.tooLarge("more than %d keys in one request".formatted(Limits.KEYS));
    }
  }

  Offer done() {
    return new Offer(keys, invalid);
  }
}
