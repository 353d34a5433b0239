package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.astray;
import static io.onebalance.provider.errors.rule.Meanings.dead;
import static io.onebalance.provider.errors.rule.Meanings.doubted;
import static io.onebalance.provider.errors.rule.Meanings.faulted;
import static io.onebalance.provider.errors.rule.Meanings.limited;
import static io.onebalance.provider.errors.rule.Meanings.mistaken;
import static io.onebalance.provider.errors.rule.Meanings.noAccess;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;
import static io.onebalance.provider.errors.rule.Rule.at;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.errors.rule.Rule;
import java.util.List;

/// What Amazon Bedrock's exceptions mean. Their names stand in the field `x-amzn-ErrorType` or in
/// `__type`; a limit of the day differs from one of the minute by the prose alone.
public final class BedrockErrors {
  public static final List<Rule> TABLE =
      List.of(
          at(400, 401, 403)
              .code("unrecognizedclientexception", "invalidclienttokenid")
              .means(dead(Reason.INVALID)),
          at(400, 403)
              .code("expiredtokenexception", "expiredtoken")
              .means(dead(Reason.INVALID)), // a session's token: it never comes back
          at(403)
              .says("^authentication failed: please make sure your api key is valid")
              .means(dead(Reason.INVALID)),
          at(403).says("signature (?:expired|not yet current)").means(astray("our clock is wrong")),
          at(403)
              .code("invalidsignatureexception", "signaturedoesnotmatch")
              .means(
                  doubted(
                      "the signature does not match")), // a wrong secret, or a path signed badly
          at(403).code("incompletesignature").means(doubted("the signature is incomplete")),
          at(403).code("accessdeniedexception").means(noAccess("no access to this model")),
          at(400, 402, 429).code("servicequotaexceededexception").means(limited()),
          at(429).code("modelnotreadyexception").means(overloaded("the model is not ready")),
          at(400, 429).code("throttlingexception").means(limited()),
          at(400).code("validationexception").means(mistaken("not valid")),
          at(408).code("modeltimeoutexception").means(faulted("the model took too long")),
          at(424).code("modelerrorexception").means(faulted("the model failed")),
          at().code("modelstreamerrorexception").means(faulted("the model's stream failed")),
          at().code("serviceunavailableexception").means(overloaded("not available")));

  private BedrockErrors() {}
}
