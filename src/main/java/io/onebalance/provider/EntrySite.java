package io.onebalance.provider;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.credential.AwsRegion;
import io.onebalance.provider.credential.GoogleLocation;
import io.onebalance.provider.site.AtGatewayOnly;
import io.onebalance.provider.site.Azure;
import io.onebalance.provider.site.Baseten;
import io.onebalance.provider.site.Bedrock;
import io.onebalance.provider.site.Fal;
import io.onebalance.provider.site.HuggingFace;
import io.onebalance.provider.site.Joining;
import io.onebalance.provider.site.OneBase;
import io.onebalance.provider.site.Site;
import io.onebalance.provider.site.Template;
import io.onebalance.provider.site.Vertex;
import io.onebalance.provider.site.WorkersAi;
import io.onebalance.provider.url.BaseUrl;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Reads where the provider of an entry stands. Most have one base URL; the field `site` names the
/// few whose hosts hang on more, which `hosts` lists.
final class EntrySite {
  private final EntryFields fields;
  private final Auth auth;

  private EntrySite(EntryFields fields, Auth auth) {
    this.fields = fields;
    this.auth = auth;
  }

  static Site read(String slug, EntryFields fields, Auth auth, Via via) {
    var reading = new EntrySite(fields, auth);
    var site = fields.text("site").orElse("");
    if (site.isEmpty() && Entry.isCustom(slug) && via == Via.GATEWAY) {
      return new AtGatewayOnly(auth);
    }
    return reading.named(site);
  }

  private Site named(String site) {
    return switch (site) {
      case "" -> new OneBase(base(), joining(base().path()), auth);
      case "azure" -> new Azure(template("base-url"));
      case "baseten" -> new Baseten(base(), joining(base().path()), host("model"), auth);
      case "bedrock" -> bedrock();
      case "fal" -> new Fal(base(), fixed("queue"), auth);
      case "huggingface" -> new HuggingFace(base(), fixed("hub"), auth);
      case "vertex" -> vertex();
      case "workers-ai" -> new WorkersAi(template("base-url"), fields.text("account"));
      // A setting is an open string.
      default ->
          throw fields.problem(
              "site",
              "is '"
                  + site
                  + "'; allowed: azure, baseten, bedrock, fal, huggingface, vertex, workers-ai");
    };
  }

  /// Another base URL stands for all services, as an endpoint of one's own does.
  private Site bedrock() {
    var runtime = template("base-url");
    var names = Set.of(Bedrock.MANTLE, Bedrock.CONTROL);
    var services =
        Map.of(
            Bedrock.RUNTIME, runtime,
            Bedrock.MANTLE, runtime.isFixed() ? runtime : host(Bedrock.MANTLE, names),
            Bedrock.CONTROL, runtime.isFixed() ? runtime : host(Bedrock.CONTROL, names));
    return new Bedrock(services, region("us-east-1", AwsRegion::isOne));
  }

  private Site vertex() {
    var names = Set.of("multi-region", "global");
    return new Vertex(
        new Vertex.Hosts(template("base-url"), host("multi-region", names), host("global", names)),
        region(GoogleLocation.GLOBAL, GoogleLocation::isOne),
        fields
            .read("token-url", BaseUrl::parse)
            .orElseThrow(() -> fields.problem("token-url", "is missing")));
  }

  private String region(String usual, Predicate<String> allowed) {
    var region = fields.text("region").orElse(usual);
    if (!allowed.test(region)) {
      throw fields.problem("region", "is '" + region + "'; allowed: a region such as " + usual);
    }
    return region;
  }

  private BaseUrl base() {
    return fields.read("base-url", BaseUrl::parse).orElseThrow(this::missing).local(local());
  }

  private Template template(String name) {
    return fields.read(name, Template::parse).orElseThrow(this::missing).local(local());
  }

  /// Whether names may stand for addresses of a private network.
  private boolean local() {
    return fields.read("local", EntrySite::yesOrNo).orElse(false);
  }

  private static boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      // A setting is an open string.
      default -> throw new IllegalArgumentException("is '" + text + "'; allowed: true, false");
    };
  }

  private IllegalArgumentException missing() {
    return fields.problem("base-url", "is missing; allowed: https://HOST[/PATH]");
  }

  private Joining joining(String base) {
    return Joining.of(base, fields.text("version").orElse(""), fields.texts("unversioned"));
  }

  private BaseUrl fixed(String name) {
    return host(name)
        .fixed()
        .orElseThrow(() -> fields.problem("hosts." + name, "has a {name} in it"));
  }

  private Template host(String name) {
    return host(name, Set.of(name));
  }

  /// One of these hosts; there may be no others.
  private Template host(String name, Set<String> all) {
    var hosts = fields.inner("hosts").orElseThrow(() -> fields.problem("hosts", "is missing"));
    hosts.allowOnly(all);
    return hosts
        .read(name, Template::parse)
        .orElseThrow(() -> fields.problem("hosts." + name, "is missing"));
  }
}
