package io.onebalance.console.pages;

import io.onebalance.console.pages.words.Taste;
import io.onebalance.console.pages.words.Taste.Language;
import io.onebalance.console.pages.words.Taste.Theme;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.BodyType;
import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import java.time.Duration;
import java.util.ArrayList;

/// `POST /taste`: the switches for language and brightness. They open no door, so strangers may use
/// them too.
public final class TasteForms {
  private static final Duration KEPT = Duration.ofDays(365);

  private TasteForms() {}

  public static Reply choose(Ask ask) {
    var form = BodyType.form(ask.visit());
    var cookies = new ArrayList<Header>();
    Language.named(form.text("language"))
        .ifPresent(language -> cookies.add(cookie(ask, Taste.LANGUAGE, language.tag())));
    Theme.named(form.text("theme"))
        .ifPresent(theme -> cookies.add(cookie(ask, Taste.THEME, theme.word())));
    return Answers.with(Answers.seeOther(DoorPages.local(form.text("next"))), cookies);
  }

  private static Header cookie(Ask ask, String name, String value) {
    var text =
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax"
            .formatted(name, value, KEPT.toSeconds());
    return new Header("set-cookie", ask.visit().secure() ? text + "; Secure" : text);
  }
}
