package io.onebalance.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority of the tests' own and the certificates that it signs, made by the JDK's own tool. A
/// client that trusts `authority` trusts what is right about them, and nothing else.
public final class Certificates {
  private static final String PASSWORD = "password";

  /// For a process that lives for a moment.
  private static final List<String> BRIEF =
      List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

  private final Path folder;
  private final Map<List<String>, SSLContext> made = new HashMap<>();

  private Certificates(Path folder) {
    this.folder = folder;
  }

  public static Certificates in(Path folder) throws Exception {
    var all = new Certificates(folder);
    all.pair("authority", "CN=authority", "-ext", "bc:c");
    all.keytool("authority", "-exportcert", "-rfc", "-file", all.authority().toString());
    return all;
  }

  /// What to trust, as a PEM file.
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  /// What a server needs to show a certificate for this host. `terms` are keytool's own, such as
  /// `-startdate`.
  public SSLContext serving(String host, String... terms) throws Exception {
    var wanted = Stream.concat(Stream.of(host), Stream.of(terms)).toList();
    var known = made.get(wanted);
    if (known != null) {
      return known;
    }
    var fresh = signed(host, List.of(terms));
    made.put(wanted, fresh);
    return fresh;
  }

  private SSLContext signed(String host, List<String> terms) throws Exception {
    var name = host + made.size();
    var request = folder.resolve(name + ".csr").toString();
    var signed = folder.resolve(name + ".pem").toString();
    pair(name, "CN=" + host);
    keytool(name, "-certreq", "-file", request);
    var signing = new ArrayList<>(List.of("-gencert", "-rfc", "-infile", request));
    signing.addAll(List.of("-outfile", signed, "-ext", "san=dns:" + host));
    signing.addAll(terms);
    keytool("authority", signing.toArray(String[]::new));
    keytool(name, "-importcert", "-noprompt", "-file", authority().toString(), "-alias", "ca");
    keytool(name, "-importcert", "-noprompt", "-file", signed, "-alias", "me");
    return context(name);
  }

  private SSLContext context(String name) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void pair(String name, String subject, String... more) throws Exception {
    var terms = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", subject));
    terms.addAll(List.of(more));
    keytool(name, terms.toArray(String[]::new));
  }

  private void keytool(String store, String... terms) throws Exception {
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var file = folder.resolve(store + ".p12").toString();
    var command = new ArrayList<>(List.of(tool));
    command.addAll(BRIEF);
    command.addAll(List.of(terms));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file));
    if (!command.contains("-alias")) {
      command.addAll(List.of("-alias", "me"));
    }
    var run = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!run.waitFor(60, TimeUnit.SECONDS) || run.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}
