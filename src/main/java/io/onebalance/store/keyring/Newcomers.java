package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.secret.Secret;
import io.onebalance.store.AuditLog;
import io.onebalance.store.keyring.KeyTable.Fresh;
import io.onebalance.store.keyring.Keyring.Added;
import io.onebalance.store.keyring.Keyring.Invalid;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Looks at keys that somebody wants to add, and makes those that can be stored ready: with an id,
/// encrypted, hashed. The others are named by line, with what is wrong, never with the key.
final class Newcomers {
  private static final int LONGEST_KEY = 8 * 1024;
  private static final int LONGEST_WORDS = 1000;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Fresh> fresh = new ArrayList<>();
  private final List<Invalid> invalid = new ArrayList<>();

  static Newcomers welcome(String provider, List<NewKey> keys, Vault vault, Instant now) {
    var all = new Newcomers();
    for (var i = 0; i < keys.size(); i++) {
      all.look(provider, keys.get(i), i, vault, now);
    }
    return all;
  }

  List<Fresh> fresh() {
    return fresh;
  }

  List<Invalid> invalid() {
    return invalid;
  }

  /// Stores those that are new, with an audit row, and gives them.
  List<ApiKey> store(Handle handle, String provider, String actor, Instant now) {
    var stored = KeyTable.insert(handle, fresh).stream().map(Fresh::key).toList();
    if (!stored.isEmpty()) {
      AuditLog.add(handle, now, actor, Deeds.added(provider, stored));
    }
    return stored;
  }

  /// How many are new; nothing is changed.
  int unknown(Handle handle) {
    var seen = new HashSet<String>();
    return (int)
        fresh.stream()
            .filter(one -> seen.add(one.key().secret().reveal()))
            .filter(one -> !KeyTable.has(handle, one))
            .count();
  }

  /// What became of all of them, when so many were new.
  Added added(int stored) {
    return new Added(stored, fresh.size() - stored, invalid);
  }

  private void look(String provider, NewKey given, int index, Vault vault, Instant now) {
    var text = compact(given.key().strip());
    var fault = fault(text, given);
    if (fault.isPresent()) {
      invalid.add(new Invalid(index + 1, fault.get()));
      return;
    }
    var id = id(now, index);
    var secret = new Secret(text);
    var key = new ApiKey(id, provider, secret, given.account(), given.remark(), 1, now);
    fresh.add(new Fresh(key, vault.seal(id, secret), vault.hash(text)));
  }

  /// Credentials in JSON (a service account) are stored without line breaks and blanks between
  /// their parts: they mean the same, and the same one is found again however it was written.
  private static String compact(String key) {
    if (!key.startsWith("{") || key.length() > LONGEST_KEY) {
      return key;
    }
    try {
      return JSON.readTree(key).toString();
    } catch (JacksonException notJson) {
      return key;
    }
  }

  private static Optional<String> fault(String key, NewKey given) {
    if (key.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      return Optional.of("it is longer than 8 KiB");
    }
    if (key.chars().anyMatch(c -> !allowed(c, key.startsWith("{")))) {
      return Optional.of("it holds a blank, a line break, or another character that no key has");
    }
    return fault("remark", given.remark()).or(() -> fault("account", given.account()));
  }

  /// A key goes into a header field: visible ASCII only. One in JSON does not, and may hold blanks.
  private static boolean allowed(int c, boolean json) {
    return json ? c >= ' ' && c != 0x7f : c > ' ' && c < 0x7f;
  }

  /// What is wrong with a remark or an account, if anything.
  static Optional<String> fault(String name, String words) {
    if (words.length() > LONGEST_WORDS) {
      return Optional.of("the " + name + " is longer than " + LONGEST_WORDS + " characters");
    }
    return words.chars().anyMatch(Character::isISOControl)
        ? Optional.of("the " + name + " holds a line break or another control character")
        : Optional.empty();
  }

  /// A UUID of version 7 whose counter is the index: ids ascend as keys were given, which keeps
  /// both the table's growth and lists of equals in that order.
  private static String id(Instant now, int index) {
    var high = now.toEpochMilli() << 16 | 0x7000 | (index >>> 14 & 0xfff);
    var low = 1L << 63 | (index & 0x3fffL) << 48 | (RANDOM.nextLong() & 0xffff_ffff_ffffL);
    return new UUID(high, low).toString();
  }
}
