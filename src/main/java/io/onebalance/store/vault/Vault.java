package io.onebalance.store.vault;

import io.onebalance.secret.Secret;
import io.onebalance.store.Database;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.CannotOpen;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/// Encrypts provider keys: AES-256-GCM, a random 96-bit nonce each, bound to table, row and field,
/// so that a ciphertext moved elsewhere no longer opens. The data key lies in the database,
/// encrypted by the [MasterKey]; the keys used are derived from it, one a purpose. Thread-safe.
public final class Vault {
  /// Begins every ciphertext; what does not begin so was not written by us.
  private static final String VERSION = "v1:";

  private static final String KEYS =
      "SELECT EXISTS (SELECT 1 FROM keys) OR EXISTS (SELECT 1 FROM gateway_keys)";

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String AES = "AES/GCM/NoPadding";

  /// Who has this cipher: to look for it costs more than to encrypt a key.
  private static final Provider CIPHERS = sure(() -> Cipher.getInstance(AES).getProvider());

  private final SecretKey sealing;
  private final Mac ofKeys;
  private final Mac ofGatewayKeys;

  private Vault(SecretKey dataKey) throws GeneralSecurityException {
    this.sealing = derived(dataKey, "seal", "AES");
    this.ofKeys = mac(derived(dataKey, "hash", "HmacSHA256"));
    this.ofGatewayKeys = mac(derived(dataKey, "gateway keys", "HmacSHA256"));
  }

  private static Mac mac(SecretKey key) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(key);
    return mac;
  }

  /// Opens the vault, or makes it in a database without keys. Throws [CannotOpen] when the master
  /// key is not the one the stored keys were encrypted with; nothing is written then.
  public static Vault open(Database database, MasterKey master) {
    try {
      var wrapped = database.read(Wrapped::in).map(Wrapped::whole);
      if (wrapped.isPresent()) {
        var opened = unwrapped(wrapped.get(), master);
        if (opened.isPresent()) {
          return new Vault(dataKey(opened.get()));
        }
        refuseWhenGuarding(database);
      } else if (database.read(handle -> ask(handle, KEYS))) {
        throw new CannotOpen(
            "keys are stored without what opens them: a move into this database has not ended"
                + " (`one-balance migrate --resume`)");
      }
      return make(database, master);
    } catch (GeneralSecurityException impossible) {
      throw new CannotOpen(
          "this Java lacks the ciphers the store needs: " + impossible, impossible);
    }
  }

  /// The vault whose data key this is, if the master key opens it.
  static Optional<Vault> opened(Wrapped.Sealed wrapped, MasterKey master) {
    return unwrapped(wrapped, master).map(text -> sure(() -> new Vault(dataKey(text))));
  }

  /// The data key as text, where this master key opens it; while the master key changes, two do.
  static Optional<String> unwrapped(Wrapped.Sealed wrapped, MasterKey master) {
    var cipher = sure(Vault::cipher);
    return Arrays.stream(wrapped.text().split(" ", -1))
        .map(one -> unseal(cipher, master.key(), one, "vault", "1", "wrapped"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The data key as it is stored, for this master key to open.
  static String wrapped(String dataKey, MasterKey master) {
    return sure(() -> seal(master.key(), dataKey, "vault", "1", "wrapped"));
  }

  /// Whether keys are stored that a master key has to open, or gateway keys that only it can know
  /// again. On a server that others use too, one of them may be about to store some.
  static boolean guards(Database database) {
    return database.read(handle -> ask(handle, guarded(handle)));
  }

  private static boolean ask(Handle handle, String question) {
    return handle.createQuery(question).mapTo(Boolean.class).one();
  }

  private static String guarded(Handle handle) {
    return switch (Dialect.of(handle)) {
      case SQLITE -> KEYS;
      case POSTGRESQL -> KEYS + " OR EXISTS (SELECT 1 FROM vault)";
    };
  }

  private static void refuseWhenGuarding(Database database) {
    if (guards(database)) {
      throw new CannotOpen(
          "the master key is not the one the stored keys were encrypted with: put the right one"
              + " into MASTER_KEY or the master key file. The database was left as it is");
    }
  }

  private static Vault make(Database database, MasterKey master) throws GeneralSecurityException {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    var text = Base64.getEncoder().encodeToString(bytes);
    var wrapped = seal(master.key(), text, "vault", "1", "wrapped");
    var isOurs =
        database.write(handle -> {
          // In SQLite nothing is guarded yet; on a server another instance may have been quicker.
          var others =
              Dialect.of(handle) == Dialect.SQLITE ? Optional.<Wrapped>empty() : Wrapped.in(handle);
          others.ifPresentOrElse(_ -> {}, () -> put(handle, wrapped));
          return others.isEmpty();
        });
    return isOurs ? new Vault(dataKey(text)) : open(database, master);
  }

  private static void put(Handle handle, String wrapped) {
    handle.execute(
        "INSERT INTO vault (id, wrapped) VALUES (1, ?)"
            + " ON CONFLICT (id) DO UPDATE SET wrapped = excluded.wrapped",
        wrapped);
  }

  private static SecretKey dataKey(String base64) {
    return new SecretKeySpec(Base64.getDecoder().decode(base64), "AES");
  }

  private static SecretKey derived(SecretKey dataKey, String purpose, String algorithm)
      throws GeneralSecurityException {
    var info = purpose.getBytes(StandardCharsets.US_ASCII);
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey(algorithm, HKDFParameterSpec.expandOnly(dataKey, info, 32));
  }

  /// The ciphertext of a key, for the row with this id and no other.
  public String seal(String id, Secret key) {
    return sure(() -> seal(sealing, key.reveal(), "keys", id, "key"));
  }

  /// The key, or empty when the text is no ciphertext of this row.
  public Optional<Secret> unseal(String id, String ciphertext) {
    return opener().unseal(id, ciphertext);
  }

  /// Opens many keys one after the other.
  public Opener opener() {
    return new Opener(sealing, sure(Vault::cipher));
  }

  /// Opens keys with one cipher: to make one, and to prepare it for the data key, costs more than
  /// to open a key. For one thread.
  public static final class Opener {
    private final SecretKey sealing;
    private final Cipher cipher;

    private Opener(SecretKey sealing, Cipher cipher) {
      this.sealing = sealing;
      this.cipher = cipher;
    }

    /// The key, or empty when the text is no ciphertext of this row.
    public Optional<Secret> unseal(String id, String ciphertext) {
      return Vault.unseal(cipher, sealing, ciphertext, "keys", id, "key").map(Secret::new);
    }
  }

  /// The same for the same key and of no use without the data key: finds duplicates.
  public byte[] hash(String key) {
    return hash(ofKeys, key);
  }

  /// What an issued gateway key is known by. Asked for each request.
  public byte[] hashOfGatewayKey(String key) {
    return hash(ofGatewayKeys, key);
  }

  /// The data key's part of the work is done once and copied.
  private static byte[] hash(Mac begun, String text) {
    return sure(() -> {
      try {
        var mac = (Mac) begun.clone();
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      } catch (CloneNotSupportedException impossible) {
        throw new GeneralSecurityException(impossible);
      }
    });
  }

  private static String seal(SecretKey key, String text, String... place)
      throws GeneralSecurityException {
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    var cipher = cipher();
    begin(cipher, Cipher.ENCRYPT_MODE, key, nonce, place);
    var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
    var whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    return VERSION + Base64.getEncoder().encodeToString(whole);
  }

  private static Optional<String> unseal(
      Cipher cipher, SecretKey key, String text, String... place) {
    if (!text.startsWith(VERSION)) {
      return Optional.empty();
    }
    try {
      var whole = Base64.getDecoder().decode(text.substring(VERSION.length()));
      var nonce = Arrays.copyOf(whole, NONCE);
      begin(cipher, Cipher.DECRYPT_MODE, key, nonce, place);
      var opened = cipher.doFinal(whole, NONCE, Math.max(0, whole.length - NONCE));
      return Optional.of(new String(opened, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static Cipher cipher() throws GeneralSecurityException {
    return Cipher.getInstance(AES, CIPHERS);
  }

  private static void begin(Cipher cipher, int mode, SecretKey key, byte[] nonce, String... place)
      throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(String.join("\0", place).getBytes(StandardCharsets.UTF_8));
  }

  private interface Sure<T> {
    T get() throws GeneralSecurityException;
  }

  private static <T> T sure(Sure<T> work) {
    try {
      return work.get();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a cipher that worked a moment ago failed", impossible);
    }
  }
}
