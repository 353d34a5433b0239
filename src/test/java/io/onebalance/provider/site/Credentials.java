package io.onebalance.provider.site;

import io.onebalance.secret.Secret;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Credentials of the shapes that providers hand out, for tests; the RSA key is a fresh one.
public final class Credentials {
  public static final KeyPair RSA = rsa();

  public static final Secret AWS =
      new Secret(
          """
          {"access_key_id":"AKIDEXAMPLEAKIDEXAMP",\
          "secret_access_key":"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY","region":"eu-central-1"}\
          """);

  private Credentials() {}

  public static Secret serviceAccount(String project) {
    return serviceAccount(project, Map.of());
  }

  /// A service account with some fields of one's own.
  public static Secret serviceAccount(String project, Map<String, String> more) {
    var json = JsonMapper.builder().build().createObjectNode();
    json.put("type", "service_account")
        .put("project_id", project)
        .put("private_key_id", "key-of-" + project)
        .put("private_key", pem())
        .put("client_email", "robot@" + project + ".iam.gserviceaccount.com")
        .put("token_uri", "https://oauth2.googleapis.com/token");
    more.forEach(json::put);
    return new Secret(json.toString());
  }

  public static Secret azure(String resource, String key) {
    return new Secret("{\"api_key\":\"" + key + "\",\"resource\":\"" + resource + "\"}");
  }

  public static String pem() {
    var body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(RSA.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPair rsa() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
