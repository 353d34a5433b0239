package io.onebalance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.function.Consumer;

/// What everybody does who comes to the console with a browser.
final class Browsing {
  private Browsing() {}

  /// A page whose console and errors are listened to.
  static Page page(BrowserContext context, Consumer<String> complaints) {
    var page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.onConsoleMessage(said -> {
      if (said.type().equals("error")) {
        complaints.accept(said.text() + " at " + said.location());
      }
    });
    page.onPageError(complaints);
    page.onDialog(dialog -> complaints.accept("a dialog: " + dialog.message()));
    return page;
  }

  static Page signedIn(BrowserContext context, Consumer<String> complaints) {
    var page = page(context, complaints);
    page.navigate("/login");
    signIn(page);
    return page;
  }

  static void signIn(Page page) {
    page.locator("input[name=auth_key]").fill(Running.AUTH);
    page.locator("main form[action='/login'] button").click();
    page.locator("header.side").waitFor();
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
