package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.astray;
import static io.onebalance.provider.errors.rule.Meanings.dead;
import static io.onebalance.provider.errors.rule.Meanings.doubted;
import static io.onebalance.provider.errors.rule.Meanings.mistaken;
import static io.onebalance.provider.errors.rule.Meanings.noAccess;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;
import static io.onebalance.provider.errors.rule.Meanings.unpaid;
import static io.onebalance.provider.errors.rule.Rule.at;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.errors.rule.Rule;
import java.util.List;

/// What Azure says in other words than OpenAI, whose table follows this one. A key of Azure belongs
/// to one resource, and a quota to one deployment.
public final class AzureErrors {
  public static final List<Rule> TABLE =
      List.of(
          // The resource stands in the credential, so that a client's path can't bring this about.
          at(401)
              .says("^access denied due to (?:invalid|missing) subscription key")
              .means(dead(Reason.INVALID)),
          at(401).code("permissiondenied").means(doubted("the role lacks the right")),
          at(403)
              .says("virtual network|firewall|public (?:network )?access|private endpoint")
              .means(astray("the resource refuses our address")),
          at(403)
              .says("temporarily (?:been )?blocked")
              .means(unpaid("the resource is blocked for a time")),
          at(403, 429)
              .says("subscription (?:is|has been) (?:disabled|suspended)")
              .means(unpaid("the subscription is disabled")),
          at(400).code("content_filter").means(mistaken("the content was refused")),
          at(429, 503)
              .says("high demand|currently overloaded|no capacity")
              .means(overloaded("high demand")),
          at(429).code("insufficient_quota").means(noAccess("the deployment has no quota")),
          at(429)
              .says("exceeded (?:the |your )?(?:current |assigned |allocated )?quota")
              .means(noAccess("the deployment has no quota")));

  private AzureErrors() {}
}
