package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// An RSA key in PEM (PKCS #8), as Google hands it out.
public record PrivateKey(Secret pem) {
  private static final Pattern ARMOUR =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  static PrivateKey read(Parts parts) {
    var key = new PrivateKey(new Secret(parts.needed("private_key", "privateKey")));
    if (!ARMOUR.matcher(key.pem.reveal()).find()) {
      throw parts.problem("its private_key is not in PEM (-----BEGIN PRIVATE KEY-----)");
    }
    return key;
  }

  /// RS256 over a text in ASCII. Fails with [Unfit] where the key is no RSA key.
  public byte[] sign(String text) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(decoded());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new Unfit("its private_key is no RSA key; allowed: " + GoogleCredential.ALLOWED);
    }
  }

  private java.security.PrivateKey decoded() throws GeneralSecurityException {
    var armour = ARMOUR.matcher(pem.reveal());
    var bytes = armour.find() ? Base64.getMimeDecoder().decode(armour.group(1)) : new byte[0];
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }
}
