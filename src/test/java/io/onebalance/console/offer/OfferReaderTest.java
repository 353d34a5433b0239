package io.onebalance.console.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.console.web.Refusal;
import io.onebalance.server.Visit;
import io.onebalance.store.keyring.Keyring.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferReaderTest {
  private static final String ACCOUNT =
      """
      {
        "type": "service_account",
        "private_key": "-----BEGIN,\\nEND-----\\n{}",
        "client_email": "a@b.example"
      }\
      """;
  private static final String ACCOUNT_LINE =
      "{\"type\":\"service_account\",\"private_key\":\"-----BEGIN,\\nEND-----\\n{}\","
          + "\"client_email\":\"a@b.example\"}";
  private static final String AWS =
      "{\"accessKeyId\":\"AKIA1\",\"secretAccessKey\":\"s/+=\",\"region\":\"eu-west-1\"}";

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("D29 keys are read from every format, without prefixes, brackets and escapes")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/plain | a,b",
        "text/plain; charset=utf-8 | `a\nb`",
        "text/plain | `  a ,, \r\n\r\n b ,`",
        "text/plain | keys=a,b",
        "text/plain | `[\"a\", \"b\"]`",
        "text/plain | [a,b]",
        "text/plain | `[\n{\"key\":\"a\",\"remark\":\"\",\"account\":\"\"},\n{\"key\":\"b\"}\n]\n`",
        "text/plain | `\uFEFFa\n\uFEFFb`",
        "`` | a,b",
        "application/x-www-form-urlencoded | keys=a%2Cb",
        "application/x-www-form-urlencoded | keys=a%0D%0Ab",
        "application/x-www-form-urlencoded | keys=a&keys=b",
        "application/x-www-form-urlencoded | a,b",
        "application/json | [\"a\",\"b\"]",
        "application/json | {\"keys\":[\"a\",\"b\"]}",
        "application/json | {\"keys\":\"a,b\"}",
        "application/json | {\"keys\":\"a\\nb\"}",
        "application/json | {\"keys\":[{\"key\":\"a\"},\"b\"]}",
        "application/json | [{\"key\":\"a\"},{\"key\":\" b \"}]"
      })
  void formats(String type, String body) {
    assertThat(keys(read(type, body))).containsExactly("a", "b");
  }

  @Test
  void multipart_fields_and_files_are_read() {
    var offer =
        read(
            "multipart/form-data; boundary=x",
            """
            --x
            Content-Disposition: form-data; name="keys"; filename="k.txt"

            a
            b
            --x
            Content-Disposition: form-data; name="remark"

            mine
            --x--
            """
                .replace("\n", "\r\n"));

    assertThat(keys(offer)).containsExactly("a", "b");
    assertThat(offer.keys()).allMatch(candidate -> candidate.key().remark().equals("mine"));
  }

  @Test
  void remarks_and_accounts_go_with_their_keys() {
    var whole =
        read(
            "application/json",
            "{\"keys\":[\"a\",{\"key\":\"b\",\"remark\":\"own\"}],\"remark\":\"all\",\"account\":\"acme\"}");
    assertThat(whole.keys()).extracting(c -> c.key().remark()).containsExactly("all", "own");
    assertThat(whole.keys()).extracting(c -> c.key().account()).containsExactly("acme", "acme");

    var each = read("application/json", "[{\"key\":\"a\",\"remark\":\"🔑 r\",\"account\":\"x\"}]");
    assertThat(each.keys().getFirst().key().remark()).isEqualTo("🔑 r");

    var form = read("application/x-www-form-urlencoded", "keys=a&remark=my+key&account=acme");
    assertThat(form.keys().getFirst().key().remark()).isEqualTo("my key");
  }

  @Test
  void credentials_in_json_stay_whole_wherever_they_come() {
    assertThat(keys(read("text/plain", ACCOUNT))).containsExactly(ACCOUNT_LINE);
    assertThat(keys(read("text/plain", "a\n" + ACCOUNT + ",\n" + AWS + "\nb")))
        .containsExactly("a", ACCOUNT_LINE, AWS, "b");
    assertThat(keys(read("application/json", ACCOUNT))).containsExactly(ACCOUNT_LINE);
    assertThat(keys(read("application/json", "[" + ACCOUNT + "," + AWS + "]")))
        .containsExactly(ACCOUNT_LINE, AWS);
    assertThat(keys(read("application/json", "[{\"key\":" + AWS + ",\"remark\":\"r\"}]")))
        .containsExactly(AWS);
    assertThat(keys(read("application/json", "{\"keys\":[" + AWS + "]}"))).containsExactly(AWS);
  }

  @Test
  void what_is_no_key_is_told_with_its_line() {
    var offer = read("text/plain", "a\n\n{\"broken\": \n{\"keys\":[\"x\"]}\nb");

    assertThat(keys(offer)).containsExactly("a", "b");
    assertThat(offer.invalid()).extracting(Invalid::line).containsExactly(3, 4);
    assertThat(offer.keys()).extracting(Offer.Candidate::line).containsExactly(1, 5);
  }

  @Test
  void json_within_text_keeps_its_remarks_and_its_lines() {
    var offer =
        read(
            "text/plain",
            "[\n"
                + "{\"key\":\"a\",\"remark\":\"own, [1], provider,key\",\"account\":\"x\"},\n"
                + "{\"keys\":1},\n"
                + "\"b\\u0063]\"\n"
                + "]\n");

    assertThat(keys(offer)).containsExactly("a", "bc]");
    assertThat(offer.keys()).extracting(Offer.Candidate::line).containsExactly(2, 4);
    assertThat(offer.keys().getFirst().key().remark()).isEqualTo("own, [1], provider,key");
    assertThat(offer.keys().getFirst().key().account()).isEqualTo("x");
    assertThat(offer.invalid()).extracting(Invalid::line).containsExactly(3);
  }

  @ParameterizedTest(name = "{1}")
  @DisplayName("S25 unknown fields and wrong types are refused by name")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json | {\"keys\":[\"a\"],\"provider\":\"x\"} | 400 | unknown field 'provider';"
            + " allowed: account, keys, remark",
        "application/json | [{\"key\":\"a\",\"weight\":3}] | 400 | unknown field 'weight'; allowed:"
            + " account, key, remark",
        "application/json | {\"remark\":\"a\"} | 400 | the field 'keys' is missing",
        "application/json | {\"keys\":7} | 400 | 'keys' must be a text or a list",
        "application/json | [7] | 400 | a JSON object is expected; its fields: account, key,"
            + " remark",
        "application/json | [{\"key\":\"a\",\"remark\":1}] | 400 | 'remark' must be text",
        "application/json | [{\"key\":\"a\",\"key\":\"b\"}] | 400 | the body is not valid JSON"
            + " (line 1, column 18)",
        "application/json | `` | 400 | the body is empty; a JSON document is expected",
        "application/json | [\"secret-a\" | 400 | the body is not valid JSON (line 1, column 12)",
        "application/json | [] [] | 400 | the body is not valid JSON (line 1, column 4)",
        "application/x-www-form-urlencoded | keys=a&provider=x | 400 | unknown parameter"
            + " 'provider'; allowed: account, keys, remark",
        "application/x-www-form-urlencoded | keys=%zz | 400 | the text has a percent sign that two"
            + " hexadecimal digits do not follow, or is not UTF-8",
        "application/x-www-form-urlencoded | [\"a\"] | 415 | the body looks like JSON; send it with"
            + " content-type: application/json",
        "text/plain | `provider,key,remark,account,weight\nopenai,a,,,1` | 400 | this is CSV with"
            + " columns; allowed: one key a line, or JSON as it is exported (one-balance sync reads"
            + " CSV)",
        "application/xml | a | 415 | allowed content types: text/plain,"
            + " application/x-www-form-urlencoded, multipart/form-data, application/json"
      })
  void refusals(String type, String body, int status, String why) {
    assertThatThrownBy(() -> read(type, body))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.why()).isEqualTo(why);
              assertThat(refusal.status()).isEqualTo(status);
            });
  }

  @Test
  void depth_and_number_are_bounded() {
    assertThatThrownBy(() -> read("application/json", "[".repeat(100_000)))
        .hasMessageStartingWith("the body is not valid JSON");
    assertThatThrownBy(() -> read("text/plain", "k\n".repeat(100_001)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(413));
    assertThat(keys(read("text/plain", "k\n".repeat(100_000)))).hasSize(100_000);
  }

  @Test
  void text_that_is_not_utf8_is_refused() {
    var visit = new Visit("POST", "/", "", name -> null, new byte[] {(byte) 0xff}, "", false);
    assertThatThrownBy(() -> OfferReader.read(visit)).hasMessage("the text is not valid UTF-8");
  }

  private static List<String> keys(Offer offer) {
    return offer.keys().stream().map(candidate -> candidate.key().key()).toList();
  }

  private static Offer read(String type, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return OfferReader.read(
        new Visit(
            "POST", "/", "", name -> name.equals("content-type") ? type : null, bytes, "", false));
  }
}
