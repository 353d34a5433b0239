package io.onebalance.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.key.Counts;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages stay small and bulk actions whole, however many keys there are. What they take is printed
/// for those who look; nothing hangs on it.
class ManyKeysTest {
  private static final String KEY = "gsk_0123456789abcdef0123456789abcd%06d";
  private static final int MANY = 100_000;
  private static final int MOST_BYTES = 300_000;

  @TempDir Path dir;
  private OpenConsole open;
  private String cookie = "";

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
    cookie = open.cookie();
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void a_hundred_thousand_keys_are_added_shown_searched_and_deleted() {
    var keys = IntStream.range(0, MANY).mapToObj(KEY::formatted).collect(Collectors.joining("\n"));
    var form = "action=add&keys=" + Quoted.url(keys);
    took("add", () -> open.post("/keys/groq").cookie(cookie).form(form).status());

    for (var path :
        new String[] {
          "/",
          "/providers",
          "/keys/groq",
          "/keys/groq?q=9999",
          "/keys/groq?sort=-cooling",
          "/keys/groq?status=blocked",
          "/requests",
          "/audit"
        }) {
      took(path, () -> open.get(path).cookie(cookie).status());
      var page = open.get(path).cookie(cookie).whole();
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.body().length).as(path).isLessThan(MOST_BYTES);
    }
    var first = Knock.text(open.get("/keys/groq").cookie(cookie).whole());
    assertThat(first).contains("100,000 keys").contains("All of this list: 100,000 keys");

    took("export", () -> exported(MANY));
    took("block", () -> open.post("/keys/groq").cookie(cookie).form("action=block&all=1").status());
    assertThat(open.keyring.counts().getOrDefault("groq", Counts.NONE).blocked()).isEqualTo(MANY);
    took(
        "delete",
        () ->
            open.post("/keys/groq?status=blocked")
                .cookie(cookie)
                .form("action=delete-sure&all=1")
                .status());
    assertThat(open.ids("groq")).isEmpty();
  }

  private void exported(int many) {
    var file = open.post("/keys/groq").cookie(cookie).form("action=export-csv&all=1").text();
    assertThat(file.lines())
        .hasSize(many + 1)
        .last()
        .isEqualTo("groq," + KEY.formatted(many - 1) + ",,,1");
  }

  private static void took(String what, Runnable work) {
    var began = System.nanoTime();
    work.run();
    System.out.printf("%s: %,d ms%n", what, (System.nanoTime() - began) / 1_000_000);
  }
}
