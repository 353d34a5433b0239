package io.onebalance.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for localhost that signed itself, as the JDK's own tool makes it, and its key in
/// PEM files.
public final class Pem {
  private static final char[] PASSWORD = "password".toCharArray();

  private final Path folder;
  private final KeyStore store;

  private Pem(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  public static Pem in(Path folder) throws Exception {
    var file = folder.resolve("pair.p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "me",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IOException("keytool made no pair");
    }
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var pem = new Pem(folder, store);
    pem.write("cert.pem", "CERTIFICATE", store.getCertificate("me").getEncoded());
    pem.write("key.pem", "PRIVATE KEY", store.getKey("me", PASSWORD).getEncoded());
    return pem;
  }

  public Path certificate() {
    return folder.resolve("cert.pem");
  }

  public Path key() {
    return folder.resolve("key.pem");
  }

  /// What a server needs to show this certificate.
  public SSLContext serving() throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /// What a client needs to trust this certificate and no other.
  public SSLContext trusting() throws GeneralSecurityException, IOException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("me", store.getCertificate("me"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void write(String name, String kind, byte[] bytes) throws IOException {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
