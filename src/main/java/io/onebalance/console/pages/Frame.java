package io.onebalance.console.pages;

import gg.jte.generated.precompiled.StaticTemplates;
import gg.jte.generated.precompiled.Templates;
import io.onebalance.console.session.Session;
import io.onebalance.console.web.Ask;
import java.util.Optional;

/// What all pages share: the templates, and the shell around each.
public final class Frame {
  private final Templates templates = new StaticTemplates();
  private final Look look;

  public Frame(Look look) {
    this.look = look;
  }

  Templates templates() {
    return templates;
  }

  Shell shell(Ask ask, String title) {
    return shell(ask.session(), title);
  }

  Shell shell(Optional<Session> session, String title) {
    return new Shell(look, title, session.map(Session::actor), session.flatMap(Session::take));
  }
}
