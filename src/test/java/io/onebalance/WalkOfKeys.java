package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;

/// Everything that can be done with provider keys, in the order somebody might. At the end there
/// are as many keys as at the beginning, so that the next one finds the same house.
final class WalkOfKeys {
  private static final String LIST = "/keys/anthropic";
  private static final String ONE = "sk-ant-walked-00000000000000000001ONE1";
  private static final String TWO = "sk-ant-walked-00000000000000000002TWO2";
  private static final int FILE = 58;
  private static final int ALL = FILE + 2;

  private final Walk walk;

  WalkOfKeys(Walk walk) {
    this.walk = walk;
  }

  void walk() {
    paste();
    file();
    pages();
    block();
    change();
    sort();
    test();
    export();
    one();
    delete();
    find();
  }

  private void paste() {
    walk.open(LIST);
    walk.at("textarea[name=keys]").fill(ONE + "\nnot a key\n" + TWO + "\n" + ONE + "\n");
    walk.press("add.preview");
    walk.reads("main", walk.keys(2));
    var blank = "it holds a blank, a line break, or another character that no key has";
    walk.reads("main", walk.says("add.line", 2, walk.words.sentence(blank)));
    walk.look("add-preview");
    walk.press("add.do", walk.keys(2));
    walk.toast("done.added", walk.keys(2));
    walk.look("added");
  }

  private void file() {
    walk.at("details:has([data-add]) > summary").click();
    var keys = String.join("\n", WalkOfPages.many("sk-ant-filed-0123456789012345678%04d", FILE));
    walk.at("input[type=file]")
        .setInputFiles(
            new FilePayload("keys.txt", "text/plain", keys.getBytes(StandardCharsets.UTF_8)));
    walk.at("[data-add] input[name=remark]").fill("from a file");
    walk.press("add.title");
    walk.toast("done.added", walk.keys(FILE));
    assertThat(walk.at("input[name=key_id]")).hasCount(50);
  }

  /// A list goes on where it is looked at, and by its links.
  private void pages() {
    walk.at("tbody tr").last().scrollIntoViewIfNeeded();
    assertThat(walk.at("input[name=key_id]")).hasCount(ALL);
    walk.open(LIST);
    walk.at(".foot a[rel=next]").click();
    walk.page.waitForURL("**cursor=**");
    walk.at(".foot a.button").first().click();
    walk.page.waitForURL(Pattern.compile("^[^=]*\\?status=active$"));
  }

  private void pickAll() {
    walk.at("input[data-all]").check();
    walk.at("input[name=all]").check();
    assertThat(walk.at("[data-count]")).hasText(walk.says("keys.selected", ALL));
  }

  private void block() {
    pickAll();
    walk.look("keys-picked");
    walk.press("keys.block");
    walk.toast("done.blocked", walk.keys(ALL));
    walk.at(".tabs a").last().click();
    walk.reads("tbody", walk.says("state.blocked"));
    pickAll();
    walk.press("keys.unblock");
    walk.toast("done.unblocked", walk.keys(ALL));
    walk.open(LIST);
    pickAll();
    walk.press("keys.reset");
    walk.toast("done.reset", walk.keys(ALL));
  }

  private void change() {
    search("ONE1");
    walk.at("input[name=key_id]").check();
    walk.at("form[data-select] details > summary").click();
    walk.at("form[data-select] input[name=remark]").fill(Walk.HOSTILE);
    walk.at("form[data-select] input[name=account]").fill("acme");
    walk.at("form[data-select] input[name=weight]").fill("7");
    walk.look("keys-change");
    walk.press("keys.edit");
    walk.toast("done.edited", walk.keys(1));
    walk.reads("tbody", Walk.HOSTILE);
  }

  private void search(String text) {
    walk.open(LIST);
    walk.at("[data-search]").fill(text);
    walk.page.keyboard().press("Enter");
    walk.page.waitForURL("**q=" + text + "**");
    assertThat(walk.at("input[name=key_id]")).hasCount(1);
  }

  private void sort() {
    walk.open(LIST);
    walk.at("select[name=sort]").selectOption("remark");
    walk.page.waitForURL("**sort=remark**");
    assertThat(walk.at("tbody tr").nth(1)).containsText(Walk.HOSTILE);
    walk.at("[data-search]").fill("nothing is like this");
    walk.page.keyboard().press("Enter");
    walk.reads("main .empty", walk.says("keys.none.found"));
    walk.look("keys-none-found");
  }

  private void test() {
    search("TWO2");
    walk.at("input[name=key_id]").check();
    walk.at("[data-test]").click();
    walk.press("test.start");
    walk.reads("dialog[data-testing] [data-state]", walk.says("test.told", 1, 1, 0));
    walk.reads("[data-log]", walk.words.sentence("valid"));
    walk.look("keys-test");
    walk.at("dialog[data-testing] [data-close]").click();
  }

  private void export() {
    for (var kind : new String[] {"keys.export-csv", "keys.export-json"}) {
      search("TWO2");
      walk.at("input[name=key_id]").check();
      walk.at("form[data-select] details > summary").click();
      var file = walk.page.waitForDownload(() -> walk.press(kind)).path();
      try {
        assertThat(Files.readString(file)).contains(TWO).doesNotContain(ONE);
      } catch (IOException unreadable) {
        throw new IllegalStateException(unreadable);
      }
    }
  }

  /// What its own page offers.
  private void one() {
    search("TWO2");
    walk.at("tbody a").click();
    walk.page.waitForURL("**/keys/anthropic/*");
    walk.at("input[name=remark]").fill(Walk.HOSTILE);
    walk.at("input[name=account]").fill("acme");
    walk.at("input[name=weight]").fill("9");
    walk.press("save");
    walk.toast("done.saved");
    assertThat(walk.at("input[name=weight]")).hasValue("9");
    walk.press("keys.reset");
    walk.toast("done.reset", walk.keys(1));
    walk.press("keys.block");
    walk.toast("done.blocked", walk.keys(1));
    walk.reads("main", walk.words.sentence("by hand"));
    walk.look("key-blocked");
    walk.press("keys.unblock");
    walk.toast("done.unblocked", walk.keys(1));
    walk.press("key.reveal");
    assertThat(walk.at("#revealed")).hasText(TWO);
    copied(TWO);
    walk.look("key-revealed");
    walk.at("a.danger").click();
    walk.press("key.delete.button");
    walk.toast("done.deleted", walk.keys(1));
    walk.look("toast-undo");
    walk.press("undo");
    walk.toast("done.restored", walk.keys(1));
  }

  private void copied(String text) {
    var button = walk.at("main [data-copy]").first();
    button.click();
    assertThat(button).containsText("✓");
    assertThat(walk.page.evaluate("navigator.clipboard.readText()")).isEqualTo(text);
  }

  private void delete() {
    walk.open(LIST);
    pickAll();
    walk.press("delete");
    walk.reads("main", walk.says("keys.delete.question", walk.keys(ALL), "anthropic"));
    walk.look("keys-delete");
    walk.press("keys.delete.button", walk.keys(ALL));
    walk.toast("done.deleted", walk.keys(ALL));
    walk.reads("main .empty", walk.says("keys.none.add"));
  }

  /// Keys in any text, which may be any.
  private void find() {
    walk.open("/find");
    walk.at("textarea[name=text]")
        .fill(
            Walk.HOSTILE
                + " mine is `pplx-abcdefghijklmnopqrstuvwxyz0123`; and"
                + " sk-0123456789abcdef0123456789abcdef!");
    walk.press("find.do");
    walk.reads("main", walk.says("find.as", "perplexity-ai"));
    walk.reads("main", walk.says("find.doubt"));
    walk.look("found");
    walk.press("find.add");
    walk.press("add.do", walk.keys(1));
    walk.toast("done.added", walk.keys(1));
    walk.at("input[name=key_id]").check();
    walk.press("delete");
    walk.toast("done.deleted", walk.keys(1));
  }
}
