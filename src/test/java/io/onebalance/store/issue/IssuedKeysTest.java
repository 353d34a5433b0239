package io.onebalance.store.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.access.Admission;
import io.onebalance.access.Grant;
import io.onebalance.access.Grants;
import io.onebalance.access.Group;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.secret.Secret;
import io.onebalance.store.AuditLog;
import io.onebalance.store.Database;
import io.onebalance.store.Store;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.issue.IssuedKey.Terms;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class IssuedKeysTest {
  private static final Terms TERMS =
      new Terms(
          List.of(new Group("openai", Set.of("gpt-4o-mini"))),
          new KeyLimits(Map.of(Limit.TOKENS_PER_DAY, 1_000L)),
          true,
          Optional.empty());

  private final Store store;

  IssuedKeysTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private Database database;
  private IssuedKeys keys;

  @BeforeEach
  void open() {
    database = Database.open(dir, store.url(dir), () -> now);
    var master = MasterKey.obtain(Optional.empty(), dir.resolve("master.key"), database);
    keys = IssuedKeys.open(database, Vault.open(database, master), () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @DisplayName("S6 an issued key has 256 random bits, is shown once and stored as an HMAC")
  void issued_and_stored() throws Exception {
    var texts = new HashSet<String>();
    for (var i = 0; i < 20; i++) {
      texts.add(keys.add("app " + i, TERMS, "me").text().reveal());
    }
    assertThat(texts).hasSize(20).allMatch(text -> text.matches("ob-[A-Za-z0-9_-]{43}"));
    close();
    try (var files = Files.list(dir)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(texts).noneMatch(text -> bytes.contains(text.substring(3)));
      }
    }
    open();
    assertThat(texts).allMatch(text -> opens(new Secret(text)));
    assertThat(keys.list()).hasSize(20).noneMatch(key -> texts.contains(key.toString()));
  }

  @Test
  void a_key_grants_what_it_was_issued_for_also_after_a_restart() {
    var made = keys.add("phone", TERMS, "me");
    for (var round = 0; round < 2; round++) {
      var grant = granted(made.text()).orElseThrow();
      assertThat(grant.id()).isEqualTo(made.key().id()).startsWith("gk-");
      assertThat(grant.name()).isEqualTo("phone …" + made.key().tail());
      assertThat(grant.groups()).isEqualTo(TERMS.groups());
      assertThat(grant.limits()).isEqualTo(TERMS.limits());
      assertThat(keys.find(made.key().id())).contains(made.key());
      restart();
    }
  }

  @Test
  void every_change_is_in_force_at_once_and_stays() {
    var made = keys.add("phone", TERMS, "me");
    var all = new Terms(List.of(), KeyLimits.NONE, true, Optional.of(now.plusSeconds(60)));
    var changed = change(made, "tablet", all).orElseThrow();
    assertThat(changed.name()).isEqualTo("tablet");
    assertThat(granted(made.text()).orElseThrow().unrestricted()).isTrue();
    restart();
    assertThat(keys.list()).containsExactly(changed);
    now = now.plusSeconds(60);
    assertThat(opens(made.text())).isTrue();
    now = now.plusSeconds(1);
    assertThat(admission(made.text())).isEqualTo(Admission.EXPIRED);
    change(made, false);
    assertThat(admission(made.text())).isEqualTo(Admission.UNKNOWN);
    restart();
    assertThat(opens(made.text())).isFalse();
    change(made, true);
    assertThat(opens(made.text())).isTrue();
    assertThat(keys.change("gk-nobody", Optional.of("x"), _ -> TERMS, "me")).isEmpty();
  }

  @Test
  void requests_with_the_old_key_are_let_in_while_it_is_rotated() throws Exception {
    var made = keys.add("phone", TERMS, "me");
    var asked = new CountDownLatch(1);
    var over = new AtomicBoolean();
    var asking =
        CompletableFuture.supplyAsync(() -> {
          var refused = 0;
          while (!over.get()) {
            refused += opens(made.text()) ? 0 : 1;
            asked.countDown();
          }
          return refused;
        });
    asked.await();
    assertThat(keys.rotate(made.key().id(), Duration.ofHours(1), "me")).isPresent();
    for (var name = 0; name < 5; name++) {
      keys.change(made.key().id(), Optional.of("tablet " + name), terms -> terms, "me");
    }
    over.set(true);
    assertThat(asking.get()).isZero();
  }

  @Test
  void a_rotated_key_opens_for_the_time_of_grace_and_no_longer() {
    var made = keys.add("phone", TERMS, "me");
    var id = made.key().id();
    var next = keys.rotate(id, Duration.ofHours(1), "me").orElseThrow();
    assertThat(next.key().formerUntil()).contains(now.plus(Duration.ofHours(1)));
    assertThat(granted(made.text()).orElseThrow().id()).isEqualTo(id);
    assertThat(granted(next.text()).orElseThrow().id()).isEqualTo(id);
    restart();
    assertThat(opens(made.text())).isTrue();
    now = now.plus(Duration.ofHours(1)).plusSeconds(1);
    assertThat(opens(made.text())).isFalse();
    assertThat(opens(next.text())).isTrue();
    var last = keys.rotate(id, Duration.ZERO, "me").orElseThrow();
    assertThat(opens(next.text())).isFalse();
    assertThat(opens(last.text())).isTrue();
    restart();
    assertThat(opens(made.text())).isFalse();
    assertThat(opens(next.text())).isFalse();
    assertThat(opens(last.text())).isTrue();
  }

  @Test
  void a_revoked_key_opens_nothing_nor_does_the_one_before_it() {
    var made = keys.add("phone", TERMS, "me");
    var next = keys.rotate(made.key().id(), Duration.ofHours(1), "me").orElseThrow();
    assertThat(keys.revoke(made.key().id(), "me")).isTrue();
    assertThat(keys.revoke(made.key().id(), "me")).isFalse();
    for (var round = 0; round < 2; round++) {
      assertThat(opens(made.text())).isFalse();
      assertThat(opens(next.text())).isFalse();
      assertThat(keys.list()).isEmpty();
      restart();
    }
    keys.add("phone", TERMS, "me");
  }

  @Test
  @DisplayName("F67 an old copy of the database revives nothing that was ended since")
  void an_old_copy() throws IOException {
    var kept = keys.add("kept", TERMS, "me");
    var revoked = keys.add("revoked", TERMS, "me");
    var disabled = keys.add("disabled", TERMS, "me");
    var rotated = keys.add("rotated", TERMS, "me");
    var lingers = keys.add("lingers", TERMS, "me");
    var reenabled = keys.add("enabled again", TERMS, "me");
    close();
    store.copy(dir);
    open();
    keys.revoke(revoked.key().id(), "me");
    change(disabled, false);
    keys.rotate(rotated.key().id(), Duration.ZERO, "me");
    keys.rotate(lingers.key().id(), Duration.ofHours(1), "me");
    change(reenabled, false);
    change(reenabled, true);
    close();
    store.putBack(dir);
    open();

    assertThat(opens(kept.text())).isTrue();
    assertThat(opens(reenabled.text())).isTrue();
    assertThat(opens(lingers.text())).isTrue();
    for (var ended : List.of(revoked, disabled, rotated)) {
      assertThat(opens(ended.text())).as(ended.key().name()).isFalse();
    }
    assertThat(keys.list().stream().map(IssuedKey::name))
        .containsExactlyInAnyOrder("kept", "disabled", "lingers", "enabled again");
    assertThat(audit()).extracting(AuditLog.Entry::actor).contains("one-balance");
    now = now.plus(Duration.ofHours(2));
    assertThat(opens(lingers.text())).isFalse();
    Files.delete(store.beside(dir, ".gateway-key-ends"));
    restart();
    assertThat(opens(revoked.text())).isFalse();
    assertThat(store.beside(dir, ".gateway-key-ends")).exists();
  }

  @Test
  void a_start_to_which_the_file_says_nothing_new_waits_for_nobody_who_writes() throws Exception {
    var made = keys.add("phone", TERMS, "me");
    keys.revoke(made.key().id(), "me");
    close();
    try (var outsider = store.outsider(dir);
        var statement = outsider.createStatement()) {
      statement.execute(store.takingTheTurn());
      open();
      assertThat(opens(made.text())).isFalse();
      statement.execute("ROLLBACK");
    }
  }

  @Test
  @DisplayName("P19 each edit has its audit row, and without one nothing is changed")
  void audited() {
    var made = keys.add("phone", TERMS, "me");
    change(made, false);
    keys.rotate(made.key().id(), Duration.ofMinutes(1), "me");
    keys.revoke(made.key().id(), "me");
    assertThat(audit().reversed())
        .extracting(AuditLog.Entry::action)
        .containsExactly(
            "gateway-key.add", "gateway-key.patch", "gateway-key.rotate", "gateway-key.revoke");
    assertThat(audit())
        .allSatisfy(entry -> {
          assertThat(entry.target()).isEqualTo(made.key().id());
          assertThat(entry.actor()).isEqualTo("me");
          assertThat(entry.detail()).contains("phone").doesNotContain(made.text().reveal());
        });

    var second = keys.add("second", TERMS, "me");
    database.write(handle -> handle.execute(store.nothingMoreIn("audit")));
    var id = second.key().id();
    assertThatThrownBy(() -> keys.add("third", TERMS, "me")).isInstanceOf(StoreTrouble.class);
    assertThatThrownBy(() -> change(second, false)).isInstanceOf(StoreTrouble.class);
    assertThatThrownBy(() -> keys.rotate(id, Duration.ZERO, "me")).isInstanceOf(StoreTrouble.class);
    assertThatThrownBy(() -> keys.revoke(id, "me")).isInstanceOf(StoreTrouble.class);
    assertThat(opens(second.text())).isTrue();
    restart();
    assertThat(opens(second.text())).isTrue();
    assertThat(keys.list()).containsExactly(second.key());
  }

  @Test
  void a_name_is_given_once() {
    keys.add("phone", TERMS, "me");
    var other = keys.add("tablet", TERMS, "me");
    assertThatThrownBy(() -> keys.add("phone", TERMS, "me"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> change(other, "phone", TERMS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(keys.list()).hasSize(2);
  }

  @Test
  @DisplayName("F65 without the master key issued keys would be dead, so it refuses to start")
  void without_the_master_key() throws IOException {
    keys.add("phone", TERMS, "me");
    close();
    Files.delete(dir.resolve("master.key"));
    database = Database.open(dir, store.url(dir), () -> now);
    var file = dir.resolve("master.key");
    assertThatThrownBy(() -> MasterKey.obtain(Optional.empty(), file, database))
        .isInstanceOf(CannotOpen.class);
  }

  private void change(IssuedKeys.Fresh made, boolean enabled) {
    var terms = new Terms(TERMS.groups(), TERMS.limits(), enabled, Optional.empty());
    assertThat(change(made, made.key().name(), terms)).isPresent();
  }

  private Optional<IssuedKey> change(IssuedKeys.Fresh made, String name, Terms terms) {
    return keys.change(made.key().id(), Optional.of(name), _ -> terms, "me");
  }

  private void restart() {
    close();
    open();
  }

  private List<AuditLog.Entry> audit() {
    return new AuditLog(database).newest(Long.MAX_VALUE, 100);
  }

  private boolean opens(Secret text) {
    return granted(text).isPresent();
  }

  private Optional<Grant> granted(Secret text) {
    return admission(text) instanceof Admission.Admitted(var grant)
        ? Optional.of(grant)
        : Optional.empty();
  }

  private Admission admission(Secret text) {
    try {
      return Grants.parse("defined")
          .with(LimitTable.EMPTY, keys.inForce())
          .admit(List.of(text.reveal()), now);
    } catch (MalformedAuthKey impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
