package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.dead;
import static io.onebalance.provider.errors.rule.Meanings.doubted;
import static io.onebalance.provider.errors.rule.Meanings.faulted;
import static io.onebalance.provider.errors.rule.Meanings.mistaken;
import static io.onebalance.provider.errors.rule.Meanings.noAccess;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;
import static io.onebalance.provider.errors.rule.Meanings.spentToday;
import static io.onebalance.provider.errors.rule.Meanings.unpermitted;
import static io.onebalance.provider.errors.rule.Rule.at;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Rule;
import java.util.List;

/// What the codes of Cloudflare's Workers AI mean. They come in the envelope of Cloudflare's own
/// interface, which looks much like an error of its gateway.
public final class WorkersAiErrors {
  public static final List<Rule> TABLE =
      List.of(
          at().code("3036").means(spentToday("the account's free allocation is used up")),
          at().code("3040").means(overloaded("out of capacity")),
          at().code("3007", "3008").means(faulted("the model took too long")),
          at().code("3006").means(mistaken("too large")),
          at().code("3003", "3039", "5004", "5007").means(mistaken("not valid")),
          at().code("3042", "7003").means(mistaken("no such model")),
          at().code("5005", "5019").means(mistaken("not a method of this model")),
          at().code("3023", "3041", "5016", "5018")
              .means(noAccess("the account may not use this model")),
          at(400, 401, 403).code("1000").means(dead(Reason.INVALID)),
          at(400, 401, 403).code("9109").says("^invalid access token").means(dead(Reason.INVALID)),
          at(400, 401, 403).code("9109").means(unpermitted("the token lacks the permission")),
          at(400).code("6003").means(WorkersAiErrors::header),
          at(401, 403).code("10000").means(doubted("not authorised"))); // or another account's

  /// The credential that we write can be none; all other fields are the client's.
  private static final String AUTHORIZATION = "6111";

  private WorkersAiErrors() {}

  private static Verdict header(Complaint complaint) {
    for (var error : complaint.body().document().path("errors")) {
      for (var cause : error.path("error_chain")) {
        if (cause.path("code").asString("").equals(AUTHORIZATION)) {
          return new Verdict.Dead(Reason.INVALID);
        }
      }
    }
    return new Verdict.Mistaken("a header field is not valid");
  }
}
