package io.onebalance.console.offer;

import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Percent;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Visit;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads the keys to add from a body in any of the formats the key API takes.
public final class OfferReader {
  private static final Set<String> FORM = Set.of("keys", "remark", "account");

  private OfferReader() {}

  public static Offer read(Visit visit) {
    return switch (BodyType.of(visit)) {
      case TEXT -> Offer.ofText(text(visit), "", "");
      case URLENCODED -> urlencoded(text(visit));
      case MULTIPART -> form(BodyType.form(visit));
      case JSON -> json(Json.body(visit));
      case OTHER ->
          throw Refusal.wrongType(
              "allowed content types: text/plain, application/x-www-form-urlencoded,"
                  + " multipart/form-data, application/json");
    };
  }

  /// `curl -d 'a,b'` calls its body a form though it is a bare list, so one without fields is read
  /// as text.
  private static Offer urlencoded(String body) {
    if (body.startsWith("{") || body.startsWith("[")) {
      throw Refusal.wrongType(
          "the body looks like JSON; send it with content-type: application/json");
    }
    return body.contains("=") ? form(Params.parse(body)) : Offer.ofText(body, "", "");
  }

  private static Offer form(Params params) {
    params.only(FORM);
    var builder =
        new OfferBuilder(
            Limits.line("remark", params.text("remark"), Limits.REMARK),
            Limits.line("account", params.text("account"), Limits.ACCOUNT));
    params.every("keys").forEach(builder::text);
    return builder.done();
  }

  private static Offer json(JsonNode root) {
    if (root.isArray()) {
      return list(root, new OfferBuilder("", ""));
    }
    if (Credential.looksLikeOne(root)) {
      var builder = new OfferBuilder("", "");
      builder.add(1, Credential.of(root));
      return builder.done();
    }
    var fields = JsonRecord.of(root, FORM);
    var keys =
        fields.field("keys").orElseThrow(() -> Refusal.invalid("the field 'keys' is missing"));
    var builder =
        new OfferBuilder(
            fields.textOr("remark", Limits.REMARK), fields.textOr("account", Limits.ACCOUNT));
    if (keys.isString()) {
      builder.text(keys.stringValue());
      return builder.done();
    }
    return list(keys, builder);
  }

  private static Offer list(JsonNode list, OfferBuilder builder) {
    if (!list.isArray()) {
      throw Refusal.invalid("'keys' must be a text or a list");
    }
    var line = 0;
    for (var item : list.values()) {
      builder.item(++line, item);
    }
    return builder.done();
  }

  private static String text(Visit visit) {
    return Percent.utf8(visit.body()).strip();
  }
}
