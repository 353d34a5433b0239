package io.onebalance.provider.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.site.Credentials;
import io.onebalance.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
  private final Catalogue catalogue = Catalogue.builtIn();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'access_key_id':'AKIDEXAMPLEAKIDEXAMP','secret_access_key':'s3cr3t/+='}",
        "{'aws_access_key_id':'AKIDEXAMPLEAKIDEXAMP','aws_secret_access_key':'s3cr3t/+='}",
        "{'accessKeyId':'AKIDEXAMPLEAKIDEXAMP','secretAccessKey':'s3cr3t/+='}",
        "{'AccessKeyId':'AKIDEXAMPLEAKIDEXAMP','SecretAccessKey':'s3cr3t/+=','Version':1}",
        "{'AWS_ACCESS_KEY_ID':'AKIDEXAMPLEAKIDEXAMP','AWS_SECRET_ACCESS_KEY':'s3cr3t/+='}"
      })
  void access_keys_are_read_in_every_usual_spelling(String json) {
    assertThat(AwsCredential.read(secret(json)))
        .isEqualTo(
            new AwsCredential.AccessKeys(
                "AKIDEXAMPLEAKIDEXAMP",
                new Secret("s3cr3t/+="),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void a_session_token_and_a_region_come_along() {
    var read =
        AwsCredential.read(
            secret(
                "{'AccessKeyId':'ASIDEXAMPLEASIDEXAMP','SecretAccessKey':'s','SessionToken':'t/+=',"
                    + "'region':'us-west-2'}"));
    assertThat(read.secrets()).containsExactly(new Secret("s"), new Secret("t/+="));
    assertThat(read.region()).contains("us-west-2");
  }

  @Test
  void a_service_account_may_be_in_base64() {
    var json = Credentials.serviceAccount("p-1", Map.of("region", "europe-west4")).reveal();
    for (var encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
      var encoded = new Secret(encoder.encodeToString(json.getBytes(StandardCharsets.UTF_8)));
      assertThat(GoogleCredential.read(encoded))
          .isInstanceOfSatisfying(
              GoogleCredential.ServiceAccount.class,
              account -> {
                assertThat(account.project()).isEqualTo("p-1");
                assertThat(account.region()).contains("europe-west4");
                assertThat(account.whole()).isEqualTo(encoded);
              });
      assertThat(Scope.of(encoded)).isEqualTo("p-1");
    }
  }

  @Test
  void an_azure_key_may_give_its_endpoint_as_sdks_do() {
    var key = secret("{'api_key':'k','endpoint':'https://My-Res.openai.azure.com/'}");
    assertThat(AzureKey.read(key).resource()).contains("my-res");
    assertThat(Scope.of(key)).isEqualTo("my-res");
  }

  @Test
  void ordinary_keys_belong_to_no_scope() {
    for (var text : new String[] {"sk-x", "eyJhbGciOiJIUzI1NiJ9.e30.x", "", "{", "{\"a\":1}"}) {
      assertThat(Scope.of(new Secret(text))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws-bedrock | {'access_key_id':'AKIDEXAMPLEAKIDEXAMP'} | has no secret_access_key",
        "aws-bedrock | {'secret_access_key':'CANARY'} | has no access_key_id",
        "aws-bedrock | {'access_key_id':'CANARY','secret_access_key':'CANARY'} | access_key_id is",
        "aws-bedrock | {'access_key_id':'AKIDEXAMPLEAKIDEXAMP','secret_access_key':'CANARY',"
            + "'region':'evil.example'} | no AWS region",
        "aws-bedrock | {'access_key_id':'AKIDEXAMPLEAKIDEXAMP','secret_access_key':'CANA RY'} |"
            + " a blank",
        "aws-bedrock | AKIDEXAMPLEAKIDEXAMP | without its secret",
        "aws-bedrock | {CANARY | no valid JSON",
        "google-vertex-ai | {'type':'authorized_user','refresh_token':'CANARY'} | type is not",
        "google-vertex-ai | {'type':'service_account'} | has no project_id",
        "google-vertex-ai | {'project_id':'p','client_email':'e','private_key':'CANARY'} | in PEM",
        "google-vertex-ai | {'project_id':'p','client_email':'e','private_key':"
            + "'-----BEGIN PRIVATE KEY-----CANARY-----END PRIVATE KEY-----'} | no RSA key",
        "google-vertex-ai | ya29.CANARY | ends within the hour",
        "azure-openai | CANARYCANARY | which resource",
        "azure-openai | {'api_key':'CANARY'} | has no resource",
        "azure-openai | {'api_key':'CANARY','resource':'evil.example/'} | no name of letters",
        "azure-openai | {'api_key':'CANARY','endpoint':'https://evil.example/'} | endpoint is not",
        "azure-openai | {'resource':'r'} | has no api_key",
        "workers-ai | CANARYCANARY | in which account",
        "workers-ai | {'account_id':'../x','api_token':'CANARY'} | account_id is no id",
        "workers-ai | {'account_id':'abc'} | has no api_token"
      })
  @DisplayName("P20 what is wrong with a credential is told without the credential")
  void what_is_wrong_is_told_with_what_is_allowed(String slug, String text, String why) {
    assertThat(provider(slug).unfit(secret(text)))
        .hasValueSatisfying(
            told -> assertThat(told).contains(why, "allowed: ").doesNotContain("CANARY"));
  }

  @ParameterizedTest
  @CsvSource({"openai, sk-anything", "aws-bedrock, bedrock-api-key-abc", "google-vertex-ai, AIzaX"})
  void keys_of_one_text_are_taken_as_they_are(String slug, String text) {
    assertThat(provider(slug).unfit(new Secret(text))).isEmpty();
  }

  @Test
  void what_the_settings_say_need_not_stand_in_the_key() {
    var own =
        catalogue.with(
            Map.of(
                "azure-openai", Map.of("base-url", "https://mine.openai.azure.com"),
                "workers-ai", Map.of("account", "acc7")));
    var key = new Secret("plain-text-key");
    assertThat(own.find("azure-openai").orElseThrow().unfit(key)).isEmpty();
    assertThat(own.find("workers-ai").orElseThrow().unfit(key)).isEmpty();
  }

  @Test
  @DisplayName("S26 the parts of a credential are scrubbed as the whole is")
  void the_parts_of_a_credential_are_secrets_too() {
    assertThat(provider("aws-bedrock").secrets(Credentials.AWS))
        .containsExactly(Credentials.AWS, new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
    assertThat(provider("google-vertex-ai").secrets(Credentials.serviceAccount("p")))
        .contains(new Secret(Credentials.pem().strip()));
    assertThat(provider("azure-openai").secrets(Credentials.azure("r", "k-1")))
        .contains(new Secret("k-1"));
    assertThat(provider("openai").secrets(new Secret("sk"))).containsExactly(new Secret("sk"));
    assertThat(provider("aws-bedrock").secrets(secret("{bad"))).containsExactly(secret("{bad"));
  }

  private Provider provider(String slug) {
    return catalogue.find(slug).orElseThrow();
  }

  private static Secret secret(String json) {
    return new Secret(json.replace('\'', '"'));
  }
}
